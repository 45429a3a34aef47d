"""Sends mixed traffic to an ingest server and watches it and a worker: see run."""
import csv
import http.client
import json
import os
import random
import re
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import hostile
import chart

GOOD_PER_SECOND = 2
ATTACKERS = 24
UNREAD = 24
SAMPLE_SECONDS = 5
SETTLE_SECONDS = 300
COLUMNS = ("seconds", "ingest_rss_mb", "worker_rss_mb", "ingest_heap_mb", "worker_heap_mb", "ingest_threads",
           "worker_threads", "ingest_files", "worker_files", "ingest_connections", "tmp_mb", "liveness_ms", "good_accepted",
           "attacks")


class Soak:
    def __init__(self, ingest, ingest_management, worker, ingest_pid, worker_pid, photo, minutes, tmp, seed):
        self.port = int(ingest.rsplit(":", 1)[1])
        self.management = int(ingest_management.rsplit(":", 1)[1])
        self.worker = int(worker.rsplit(":", 1)[1])
        self.tmp = tmp
        self.pids = {"ingest": ingest_pid, "worker": worker_pid}
        self.photo = Path(photo).read_bytes()
        self.until = time.monotonic() + minutes * 60
        self.seed = seed
        self.lock = threading.Lock()
        self.accepted, self.refused, self.attacks, self.failures = [], Counter(), Counter(), []
        self.answers = Counter()

    def is_over(self):
        return time.monotonic() > self.until

    def good(self):
        """Sends uploads that must be accepted or refused with a documented code, and must become thumbnails."""
        due = time.monotonic()
        while not self.is_over():
            due += 1 / GOOD_PER_SECOND
            time.sleep(max(0, due - time.monotonic()))
            try:
                status, body = self.call("POST", "/upload", hostile.form(self.photo),
                                         {"Content-Type": "multipart/form-data; boundary=X"})
            except OSError as e:
                with self.lock:
                    self.refused[type(e).__name__] += 1
                continue
            with self.lock:
                if status == 202:
                    self.accepted.append(json.loads(body)["jobs"][0]["id"])
                else:
                    self.refused[status] += 1

    def hostile(self, number):
        rng = random.Random(self.seed * 1000 + number)
        while not self.is_over():
            job = self.accepted[-1] if self.accepted else hostile.UNKNOWN
            seed = rng.randrange(1 << 48)
            try:
                name, answer = hostile.attack(self.port, seed, job)
            except OSError as e:
                name, answer = type(e).__name__, b""
            status = int(answer[9:12]) if re.match(rb"HTTP/1.1 \d{3}", answer) else 0
            with self.lock:
                self.attacks[name] += 1
                self.answers[f"{name} {status}"] += 1
                if status in (500, 502, 504) or b"\tat " in answer:
                    self.failures.append((seed, job, name, answer[:300]))

    def unread(self, number):
        """Requests page files without reading them, on one connection after another."""
        rng = random.Random(self.seed * 1000 + ATTACKERS + number)
        while not self.is_over():
            try:
                hostile.unread_answers(self.port, rng, "/js/history-chart.js", 100)
            except OSError as e:
                with self.lock:
                    self.answers[f"unread {type(e).__name__}"] += 1
                time.sleep(1)

    def call(self, method, path, body=None, headers=None, port=None):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, response.read()
        except http.client.HTTPException as e:
            raise OSError(e) from e
        finally:
            connection.close()

    def sample(self, begun):
        row = {"seconds": round(time.monotonic() - begun)}
        for role, pid in self.pids.items():
            status = Path(f"/proc/{pid}/status").read_text()
            row[f"{role}_rss_mb"] = int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) >> 10
            row[f"{role}_threads"] = int(re.search(r"Threads:\s+(\d+)", status).group(1))
            row[f"{role}_files"] = len(os.listdir(f"/proc/{pid}/fd"))
            row[f"{role}_heap_mb"] = self.heap(role)
        row["ingest_connections"] = connections(self.port)
        row["tmp_mb"] = size(self.tmp) >> 20
        row["liveness_ms"] = self.liveness()
        row["good_accepted"] = len(self.accepted)
        row["attacks"] = sum(self.attacks.values())
        return row

    def liveness(self):
        """Returns how long ingest's liveness probe took; a time-out means that ingest does not work."""
        begun = time.monotonic()
        self.call("GET", "/health/live", port=self.management)
        return round((time.monotonic() - begun) * 1000)

    def heap(self, role):
        port = self.management if role == "ingest" else self.worker
        try:
            _, text = self.call("GET", "/metrics?scope=base", port=port)
            return int(float(re.search(rb"^memory_usedHeap_bytes\S* (\S+)", text, re.M).group(1))) >> 20
        except (OSError, AttributeError):
            return ""

    def run(self, csv_path):
        threads = [threading.Thread(target=self.good, daemon=True)]
        threads += [threading.Thread(target=self.hostile, args=(i,), daemon=True) for i in range(ATTACKERS)]
        threads += [threading.Thread(target=self.unread, args=(i,), daemon=True) for i in range(UNREAD)]
        for thread in threads:
            thread.start()
        begun = time.monotonic()
        rows = []
        with open(csv_path, "w", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            while not self.is_over():
                rows.append(self.sample(begun))
                writer.writerow(rows[-1])
                file.flush()
                time.sleep(SAMPLE_SECONDS)
        for thread in threads:
            thread.join(90)
        return rows

    def unfinished(self):
        """Returns the accepted good uploads that have no thumbnail after the queue had time to empty."""
        left = list(self.accepted)
        until = time.monotonic() + SETTLE_SECONDS
        while left and time.monotonic() < until:
            left = [job for job in left if self.status(job) != "DONE"]
            if left:
                time.sleep(2)
        return left

    def status(self, job):
        try:
            status, body = self.call("GET", f"/jobs/{job}")
            return json.loads(body)["status"] if status == 200 else status
        except OSError as e:
            return str(e)


def size(directory):
    total = 0
    for path, _, names in os.walk(directory):
        for name in names:
            try:
                total += os.stat(os.path.join(path, name)).st_size
            except OSError:
                pass  # deleted meanwhile
    return total


def connections(port):
    wanted, count = f":{port:04X}", 0
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            count += fields[1].endswith(wanted) and fields[3] == "01"
    return count


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def main(ingest, management, worker_address, ingest_pid, worker_pid, photo, minutes, work, machine):
    seed = int(os.environ.get("SOAK_SEED", time.time_ns() % 1_000_000))
    soak = Soak(ingest, management, worker_address, ingest_pid, worker_pid, photo, float(minutes), f"{work}/tmp", seed)
    wrong, rows = [], []
    try:
        rows = soak.run(f"{work}/soak.csv")
    except OSError as e:
        wrong.append(f"a server ended: {e}")
    for role, pid in soak.pids.items():
        if not is_alive(pid):
            wrong.append(f"{role} ended")
    if not wrong:
        left = soak.unfinished()
        wrong += [f"{len(left)} accepted uploads without thumbnails, such as {left[0]}"] if left else []
    wrong += [f"attack {f[2]}, seed {f[0]}, job {f[1]}: {f[3]!r}" for f in soak.failures[:5]]
    Path(f"{work}/soak.svg").write_text(chart.draw(rows, f"{minutes} min, {machine}"))
    report(soak, rows, minutes, seed, machine)
    for line in wrong:
        print("FAILED:", line)
    sys.exit(1 if wrong else 0)


def report(soak, rows, minutes, seed, machine):
    print(f"{minutes} min, seed {seed}, {machine}")
    print(f"good uploads: {len(soak.accepted)} accepted, refused {dict(soak.refused)}")
    print(f"attacks: {dict(sorted(soak.attacks.items()))}")
    print(f"responses to them: {dict(sorted(soak.answers.items()))}")
    print("\n| | first quarter | last quarter | highest |\n| --- | --- | --- | --- |")
    quarter = max(1, len(rows) // 4)
    for column in COLUMNS[1:12]:
        values = [row[column] for row in rows if row[column] != ""]
        if values:
            first, last = values[:quarter], values[-quarter:]
            print(f"| {column} | {sum(first) / len(first):.0f} | {sum(last) / len(last):.0f} | {max(values)} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
