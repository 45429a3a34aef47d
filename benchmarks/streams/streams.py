"""The client of benchmarks/streams/run: opens many streams from one thread, and reads the server's use from /proc."""

import asyncio
import json
import re
import sys
import time
import urllib.request
from urllib.parse import urlsplit

address, pid, photo, count, opened, go, machine = sys.argv[1:]
count = int(count)
host, port = urlsplit(address).hostname, urlsplit(address).port
LIMIT = 240


def server():
    status = open(f"/proc/{pid}/status", encoding="utf-8").read()
    return {name: int(re.search(rf"^{name}:\s+(\d+)", status, re.M).group(1)) for name in ("Threads", "VmRSS")}


def upload(files):
    boundary = "thumbnailer-benchmark-boundary"
    part = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    ).encode() + open(photo, "rb").read() + b"\r\n"
    request = urllib.request.Request(
        address + "/upload",
        data=part * files + f"--{boundary}--\r\n".encode(),
        headers={"Content-Type": f"multipart/form-data; boundary={boundary}"},
    )
    with urllib.request.urlopen(request) as answer:
        return [job["id"] for job in json.load(answer)["jobs"]]


async def follow(job, first):
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"GET /jobs/{job}/events HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n\r\n".encode())
    seen = b""
    while b'"status":"DONE"' not in seen:
        more = await reader.read(65536)
        if not more:
            break
        seen += more
        if b"data:" in seen and not first.done():
            first.set_result(None)
    writer.close()
    return b'"status":"DONE"' in seen


async def main():
    jobs = []
    while len(jobs) < count:
        jobs += upload(min(20, count - len(jobs)))
    await asyncio.sleep(2)
    before = server()
    loop = asyncio.get_running_loop()
    firsts = [loop.create_future() for _ in jobs]
    follows = []
    for job, first in zip(jobs, firsts):
        follows.append(asyncio.create_task(follow(job, first)))
        if len(follows) % 50 == 0:
            await asyncio.sleep(0.05)
    await asyncio.wait_for(asyncio.gather(*firsts), LIMIT)
    await asyncio.sleep(2)
    during = server()
    await loop.run_in_executor(None, lambda: open(opened, "w", encoding="utf-8").write("opened\n"))
    await loop.run_in_executor(None, lambda: open(go, encoding="utf-8").read())
    began = time.monotonic()
    ended = await asyncio.wait_for(asyncio.gather(*follows), LIMIT)
    print(f"{machine}.\n")
    print("| | before | with the streams open |")
    print("| --- | --- | --- |")
    print(f"| open event streams | 0 | {count} |")
    print(f"| threads of the server | {before['Threads']} | {during['Threads']} |")
    print(f"| resident memory of the server, MB | {before['VmRSS'] // 1024} | {during['VmRSS'] // 1024} |")
    print(
        f"\n{sum(ended)} of {count} streams got the end of their job;"
        f" the last {time.monotonic() - began:.1f} s after the worker was ready."
    )
    sys.exit(0 if sum(ended) == count else 1)


asyncio.run(main())
