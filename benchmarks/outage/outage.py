"""Uploads during an outage of Redis, and measures how soon after it the thumbnails are stored: see run."""
import atexit
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

RATE = 5
BEFORE, AFTER, LIMIT = 10, 10, 300


class Uploads:
    """Sends five uploads per second, regardless of earlier ones."""

    def __init__(self, port, photo):
        self.port = port
        self.body = (b'--X\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
                     + Path(photo).read_bytes() + b"\r\n--X--\r\n")
        self.answers = []  # begun, seconds, status, job
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        self.threads = []

    def start(self):
        self.loop = threading.Thread(target=self.send)
        self.loop.start()

    def send(self):
        due = time.monotonic()
        while not self.stopped.is_set():
            thread = threading.Thread(target=self.one)
            thread.start()
            self.threads.append(thread)
            due += 1 / RATE
            time.sleep(max(0, due - time.monotonic()))

    def one(self):
        begun = time.monotonic()
        status, job = "no answer", None
        try:
            status, data = call(self.port, "POST", "/upload", self.body)
            job = json.loads(data)["jobs"][0]["id"] if status == 202 else None
        except (OSError, http.client.HTTPException) as e:
            status = type(e).__name__
        with self.lock:
            self.answers.append((begun, time.monotonic() - begun, status, job))

    def stop(self):
        self.stopped.set()
        self.loop.join()
        for thread in self.threads:
            thread.join()


def call(port, method, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        headers = {"Content-Type": "multipart/form-data; boundary=X"} if body else {}
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def process_on(port):
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().decode().rstrip("\0").split("\0")
        except OSError:
            continue
        # redis-server replaces its arguments by its address
        if "redis" in command[0] and any(word.endswith(f":{port}") for word in " ".join(command).split()):
            return int(pid)
    raise SystemExit(f"no Redis on port {port}")


def stop_and_start(port, away):
    pid = process_on(port)
    program, directory = os.readlink(f"/proc/{pid}/exe"), os.readlink(f"/proc/{pid}/cwd")
    os.kill(pid, signal.SIGTERM)
    time.sleep(away)
    started = subprocess.Popen([program, "redis.conf"], cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    atexit.register(started.terminate)  # nothing else ends it
    until = time.monotonic() + LIMIT
    while started.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("Redis did not start again")


def hang(port, away):
    pid = process_on(port)
    os.kill(pid, signal.SIGSTOP)
    time.sleep(away)
    os.kill(pid, signal.SIGCONT)


def measure(ingest, redis, photo, away, disaster):
    uploads = Uploads(ingest, photo)
    uploads.start()
    time.sleep(BEFORE)
    gone = time.monotonic()
    disaster(redis, away)
    back = time.monotonic()
    time.sleep(AFTER)
    uploads.stop()
    during = [a for a in uploads.answers if gone <= a[0] <= back]
    left = {a[3] for a in during if a[3]}
    done = []
    while left and time.monotonic() < back + LIMIT:
        for job in list(left):
            if is_done(ingest, job):
                left.discard(job)
                done.append(time.monotonic() - back)
        time.sleep(0.2)
    return during, left, done


def is_done(ingest, job):
    try:
        status, data = call(ingest, "GET", f"/jobs/{job}")
        return status == 200 and json.loads(data)["status"] == "DONE"
    except (OSError, http.client.HTTPException):
        return False  # asked again


def main(ingest, redis, photo, seconds, machine):
    ingest, redis, away = int(ingest.rsplit(":", 1)[1]), int(redis.rstrip("/")), float(seconds)
    print(f"Redis away for {away:.0f} s under {RATE} uploads/s; {machine}\n")
    print("| Redis | uploads | 202 | slowest response, s | median, s | last thumbnail after its return, s | goals |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    failed = False
    for name, disaster in (("stopped", stop_and_start), ("hung", hang)):
        during, left, done = measure(ingest, redis, photo, away, disaster)
        times = sorted(a[1] for a in during) or [0]
        accepted = sum(a[2] == 202 for a in during)
        failed |= accepted < len(during) or bool(left) or not during
        met = accepted == len(during) and not left and during and times[-1] <= 2.5 and max(done) <= 30
        print(f"| {name} | {len(during)} | {accepted} | {times[-1]:.2f} | {times[len(times) // 2]:.2f} "
              f"| {max(done, default=0):.1f}{f', {len(left)} never' if left else ''} | {'met' if met else 'missed'} |", flush=True)
        others = {a[2] for a in during} - {202}
        if others:
            print(f"\nother responses: {others}\n")
    sys.exit(1 if failed else 0)


main(*sys.argv[1:])
