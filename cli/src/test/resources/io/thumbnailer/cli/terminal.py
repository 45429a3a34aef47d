"""Runs a program on a pseudo terminal: terminal.py COLUMNS PROGRAM ARGUMENT...

What comes by standard input is typed; what the program prints goes to standard output. The exit code
is the program's own, 128 and more for a signal.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios

columns = int(sys.argv[1])
child, terminal = pty.fork()
if child == 0:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a build in the background ignores it
    os.execvp(sys.argv[2], sys.argv[2:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
sources = [terminal, 0]
while True:
    ready, _, _ = select.select(sources, [], [])
    if 0 in ready:
        typed = os.read(0, 4096)
        if typed:
            os.write(terminal, typed)
        else:
            sources.remove(0)
    if terminal in ready:
        try:
            printed = os.read(terminal, 4096)
        except OSError:
            break
        if not printed:
            break
        os.write(1, printed)
_, status = os.waitpid(child, 0)
sys.exit(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))
