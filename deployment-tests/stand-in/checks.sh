# Code that container-check and compose-check share; sourced by both.

# If containers cannot run at all, a check exits with 77, Automake's code for a skipped test.
unable() { echo "containers cannot run here: $1" >&2; exit 77; }

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
