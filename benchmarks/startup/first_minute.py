"""Counts the jobs that a new worker has done 10, 30 and 60 s after its start.

usage: first_minute.py WORK JAVA MACHINE PHOTO INGEST BUCKET ROUNDS
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from startup import WAYS, Server

JOBS = 2500  # more than one core can do in a minute
FILES = 20  # in one upload
CORES = (0.5, 1)
SECONDS = (10, 30, 60)
LARGEST = "large.*"  # the thumbnails of a job are stored at the same time; this one takes longest


class ControlGroup:
    """Limits the processes in it to a number of cores, as the limit of a pod does."""

    def __init__(self, cores):
        first = Path("/sys/fs/cgroup/cpu")
        is_first = first.is_dir()
        self.path = (first if is_first else Path("/sys/fs/cgroup")) / f"first-minute-{os.getpid()}"
        self.path.mkdir()
        quota = str(int(cores * 100_000))
        if is_first:
            (self.path / "cpu.cfs_period_us").write_text("100000")
            (self.path / "cpu.cfs_quota_us").write_text(quota)
        else:
            (self.path / "cpu.max").write_text(f"{quota} 100000")

    def command(self):
        return ("sh", "-c", f'echo $$ >{self.path}/cgroup.procs; exec "$@"', "sh")

    def remove(self):
        self.path.rmdir()


def fill(ingest, photo):
    form = ["-F", f"file=@{photo}"] * FILES
    for _ in range(JOBS // FILES):
        subprocess.run(["curl", "-sSf", "-o", "/dev/null", *form, f"{ingest}/upload"], check=True)


def empty(bucket):
    subprocess.run(["redis-cli", "-u", os.environ["REDIS_URL"], "flushall"], check=True, stdout=subprocess.DEVNULL)
    for directory in ("uploads", "thumbnails"):
        shutil.rmtree(bucket / directory, ignore_errors=True)
    os.sync()


def done(bucket, begun):
    """The number of jobs whose thumbnails were stored by each of SECONDS."""
    ends = [file.stat().st_mtime - begun for file in (bucket / "thumbnails").glob(f"*/{LARGEST}")]
    return [sum(end <= limit for end in ends) for limit in SECONDS]


def measure(server, cores, ingest, photo, bucket):
    empty(bucket)
    fill(ingest, photo)
    group = ControlGroup(cores)
    begun = time.time()
    process, _ = server.launch(server.way.options, group.command())
    try:
        time.sleep(SECONDS[-1] + 1)
    finally:
        process.kill()
        process.wait()
        group.remove()
    return done(bucket, begun)


def main(work, java, machine, photo, ingest, bucket, rounds):
    ways = [way for way in WAYS if way.name in ("empty work area", "image")]
    servers = [Server(Path(work), java, "worker", way) for way in ways]
    for server in servers:
        server.train()
    print(f"jobs done by a new worker, medians of {rounds} rounds in alternation; {machine}\n")
    print(f"| cores | start | {' | '.join(f'in {seconds} s' for seconds in SECONDS)} |")
    print("| --- | --- |" + " --- |" * len(SECONDS))
    for cores in CORES:
        figures = {server: [] for server in servers}
        for _ in range(int(rounds)):
            for server in servers:
                figures[server].append(measure(server, cores, ingest, photo, Path(bucket)))
        for server in servers:
            medians = [f"{statistics.median(column):.0f} ({min(column)}, {max(column)})" for column in zip(*figures[server])]
            print(f"| {cores} | {server.way.name} | {' | '.join(medians)} |", flush=True)


main(*sys.argv[1:])
