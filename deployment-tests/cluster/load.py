"""Uploads images at a fixed rate, follows each accepted job to its end, and prints the results as one line of JSON.

Runs inside the cluster, with nothing but Python. Uploads start on time whatever became of those before (open loop),
each is tried once, and each is an image that no other upload has.
"""
import argparse
import http.client
import json
import struct
import threading
import time
import urllib.parse
import uuid
import zlib

UPLOAD_TIMEOUT_SECONDS = 30


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height):
    """A PNG with some detail, without its end."""
    row = bytes((x * 7 + (x * x >> 5)) & 255 for x in range(width * 3))
    rows = b"".join(b"\0" + row[y % 97:] + row[:y % 97] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 1))


def request(address, method, path, body=None, headers=None, timeout=UPLOAD_TIMEOUT_SECONDS):
    connection = http.client.HTTPConnection(address, timeout=timeout)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


class Load:
    def __init__(self, address, width, height):
        self.address = address
        self.base = png(width, height)
        self.lock = threading.Lock()
        self.uploads = []

    def upload(self, begun):
        boundary = uuid.uuid4().hex
        image = self.base + chunk(b"tEXt", b"id\0" + boundary.encode()) + chunk(b"IEND", b"")
        body = (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="p.png"\r\n'
                "Content-Type: image/png\r\n\r\n").encode() + image + f"\r\n--{boundary}--\r\n".encode()
        record = {"at": round(time.monotonic() - begun, 1), "job": None}
        start = time.monotonic()
        try:
            status, answer = request(self.address, "POST", "/upload", body,
                                     {"Content-Type": f"multipart/form-data; boundary={boundary}"})
            record["outcome"] = str(status)
            if status == 202:
                record["job"] = json.loads(answer)["jobs"][0]["id"]
        except TimeoutError:
            record["outcome"] = "timeout"
        except ConnectionRefusedError:
            record["outcome"] = "connection refused"
        except (OSError, http.client.HTTPException, ValueError, LookupError) as e:
            record["outcome"] = type(e).__name__
        record["seconds"] = time.monotonic() - start
        with self.lock:
            self.uploads.append(record)

    def run(self, rate, seconds):
        begun = time.monotonic()
        threads = []
        for n in range(int(rate * seconds)):
            delay = begun + n / rate - time.monotonic()
            if delay > 0:
                time.sleep(delay)
            thread = threading.Thread(target=self.upload, args=(begun,))
            thread.start()
            threads.append(thread)
        for thread in threads:
            thread.join()

    def follow(self, patience):
        """Waits for the end of each accepted job; returns how many are done, failed, and lost."""
        waiting = {u["job"] for u in self.uploads if u["job"]}
        done = failed = 0
        deadline = time.monotonic() + patience
        while waiting and time.monotonic() < deadline:
            for job in list(waiting):
                try:
                    status, answer = request(self.address, "GET", "/jobs/" + job, timeout=10)
                    state = json.loads(answer).get("status") if status == 200 else None
                except (OSError, http.client.HTTPException, ValueError):
                    continue
                if state in ("DONE", "FAILED"):
                    waiting.discard(job)
                    done += state == "DONE"
                    failed += state == "FAILED"
            if waiting:
                time.sleep(1)
        return done, failed, sorted(waiting)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("url")
    options.add_argument("--rate", type=float, default=2)
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--patience", type=float, default=240)
    options.add_argument("--width", type=int, default=640)
    options.add_argument("--height", type=int, default=480)
    options = options.parse_args()
    load = Load(urllib.parse.urlsplit(options.url).netloc, options.width, options.height)
    load.run(options.rate, options.seconds)
    sent = time.monotonic()
    done, failed, lost = load.follow(options.patience)
    outcomes = {}
    for upload in load.uploads:
        outcomes[upload["outcome"]] = outcomes.get(upload["outcome"], 0) + 1
    refused = [u["at"] for u in load.uploads if u["outcome"] != "202"]
    times = sorted(u["seconds"] for u in load.uploads)
    print(json.dumps({
        "sent": len(load.uploads), "accepted": outcomes.get("202", 0), "outcomes": outcomes,
        "refused_from": min(refused, default=None), "refused_to": max(refused, default=None),
        "p50": round(times[len(times) // 2], 2), "p99": round(times[int(len(times) * 0.99)], 2),
        "done": done, "failed": failed, "lost": lost, "drained": round(time.monotonic() - sent, 1)}))


if __name__ == "__main__":
    main()
