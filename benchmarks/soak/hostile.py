"""Hostile clients: each is a function of the port that returns when it is done."""
import os
import random
import socket
import struct
import time
import zlib

BOUNDARY = b"X"
UNKNOWN = "019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b"


def connect(port, small_window=False):
    s = socket.socket()
    if small_window:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    s.settimeout(40)
    s.connect(("127.0.0.1", port))
    return s


def answer(s):
    data = b""
    try:
        while len(data) < 1 << 20:
            piece = s.recv(65536)
            if not piece:
                break
            data += piece
    except OSError:
        pass
    return data


def form(data, name="a"):
    return (b'--X\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n' % name.encode("latin-1")
            + data + b"\r\n--X--\r\n")


def post(path, body, headers=()):
    lines = [f"POST {path} HTTP/1.1", "Host: localhost", "Connection: close", f"Content-Length: {len(body)}", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def upload(data, name="a"):
    return post("/upload", form(data, name), ["Content-Type: multipart/form-data; boundary=X"])


def exchange(port, request):
    with connect(port) as s:
        try:
            s.sendall(request)
        except OSError:
            pass
        return answer(s)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, extra=b"", depth=8, colour=2):
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)) + extra
            + chunk(b"IDAT", zlib.compress(b"\0" * 5000)) + chunk(b"IEND", b""))


PROFILE = chunk(b"iCCP", b"x\0\0" + zlib.compress(b"\0" * (8 << 20), 9))
TEXT = chunk(b"zTXt", b"k\0\0" + zlib.compress(b"a" * (8 << 20), 9))


def image(rng):
    """Returns the bytes of a hostile image."""
    kind = rng.randrange(12)
    if kind == 0:
        return png(16, 16, PROFILE * 40)
    if kind == 1:
        return png(16, 16, TEXT * 40)
    if kind == 2:
        return png(1, 22_000_000)
    if kind == 3:
        return png(40_000, 40_000, depth=16, colour=6)
    if kind == 4:
        return b"GIF89a\x10\0\x10\0\0\0\0" + b"!\xfe" + (b"\xff" + b"c" * 255) * 12_000
    if kind == 5:
        return b"P6\n" + b"#" + b"c" * 3_000_000
    if kind == 6:
        return b"\xff\xd8" + (b"\xff\xfe\xff\xff" + b"c" * 65_533) * 60
    if kind == 7:
        return b"\xff\xd8" + b"\xff\xc4" + struct.pack(">HB", 20, 0) * 1 + b"\1" * 17 + (b"\xff\xfe\0\2" * 200_000)
    if kind == 8:
        inner = png(14_000, 14_000)
        return b"\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0" + struct.pack("<II", len(inner), 22) + inner
    if kind == 9:
        inner = png(14_000, 14_000)
        return b"icns" + struct.pack(">I", len(inner) + 16) + b"ic07" + struct.pack(">I", len(inner) + 8) + inner
    if kind == 10:
        tags = [(256, 4, 1, 16), (257, 4, 1, 16), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (277, 3, 1, 1),
                (322, 4, 1, 400_000_000), (323, 4, 1, 16), (324, 4, 1, 200), (325, 4, 1, 64)]
        return (b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags))
                + b"".join(struct.pack("<HHII", *tag) for tag in tags) + b"\0" * 200)
    return rng.choice([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x18ftypheic", b"8BPS"]) \
        + rng.randbytes(rng.randrange(20_000))


def hostile_image(port, rng):
    return exchange(port, upload(image(rng), rng.choice(["a", "../../x", "a" * 3000, "<script>", "\xff\xfe"])))


def aborted_upload(port, rng):
    """Aborts an upload in the middle of a file."""
    head = post("/upload", b"", ["Content-Type: multipart/form-data; boundary=X"]).replace(
        b"Content-Length: 0", b"Content-Length: 5000000")
    with connect(port) as s:
        s.sendall(head + form(b"\xff\xd8\xff" + os.urandom(rng.randrange(200_000)))[:-10])
        if rng.random() < 0.5:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return b""


def slow_body(port, rng):
    """Sends a body at one byte per second for up to 40 s."""
    method, path, kind = rng.choice([("POST", "/upload", "multipart/form-data; boundary=X"),
                                     ("POST", "/uploads", "application/json"),
                                     ("POST", f"/uploads/{UNKNOWN}/complete", "application/json"),
                                     ("DELETE", f"/jobs/{UNKNOWN}", "text/plain"),
                                     ("PUT", "/upload", "text/plain"),
                                     ("POST", f"/admin/dead-letters/{UNKNOWN}/replay", "text/plain")])
    with connect(port) as s:
        s.sendall(f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n"
                  "Content-Length: 5000\r\n\r\n".encode())
        return drip(s, rng, b"a")


def slow_head(port, rng):
    with connect(port) as s:
        s.sendall(b"GET /jobs HTTP/1.1\r\nHost: localhost\r\nX-A: ")
        return drip(s, rng, b"a")


def drip(s, rng, byte):
    until = time.monotonic() + rng.randrange(10, 40)
    s.settimeout(1)
    while time.monotonic() < until:
        try:
            s.sendall(byte)
            data = s.recv(4096)
            return data
        except TimeoutError:
            continue
        except OSError:
            break
    return b""


def unread_answers(port, rng, path, requests=50):
    """Requests much and reads nothing."""
    with connect(port, small_window=True) as s:
        try:
            s.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * requests)
        except OSError:
            pass
        time.sleep(rng.randrange(5, 35))
    return b""


def odd_request(port, rng):
    """Headers, paths and bodies that are each invalid in one way."""
    part = rng.choice(["%2f", "%00", "..;/", "%zz", "{id}", "x" * 5000, UNKNOWN, "%ff", ";a=b", "a\\b"])
    path = rng.choice(["/jobs/", "/thumbnails/x/", "/", "/uploads/", "/admin/dead-letters/", "/openapi/", "/js/"]) + part
    body = rng.choice([b"", b"[" * 8000, b'{"size":' + b"9" * 6000 + b"}", b"{\"a\":" * 1500,
                       b'{"contentType":"image/png","size":5}x', b'{"size":5,"size":6}', b"\0" * 100, b"--X\r\n\r\n"])
    headers = rng.choice([
        [], ["Content-Encoding: gzip"], ["Range: bytes=" + ",".join(f"{i}-{i}" for i in range(1000))],
        ["If-None-Match: " + ",".join('"%d"' % i for i in range(2000))], ["Cookie: " + "c=d; " * 1500],
        [f"X-H{i}: v" for i in range(400)], ["Idempotency-Key: " + "k" * 300], ["Expect: 100-continue"],
        ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: x", "Sec-WebSocket-Version: 13"],
        ["Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA", "Connection: Upgrade, HTTP2-Settings"],
        ["Transfer-Encoding: chunked"], ["Transfer-Encoding: chunked, identity"], ["Accept: " + "a/b;q=0.1," * 800],
        ["Last-Event-ID: " + "9" * 500], ["Last-Event-ID: 1-DONE\x01"], ["traceparent: 00-" + "f" * 600],
        ["Content-Type: multipart/form-data"]])
    method = rng.choice(["GET", "POST", "DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "HEAD"])
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Content-Type: application/json", "Connection: close",
             f"Content-Length: {len(body)}", *headers]
    return exchange(port, ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body)


def chunked(port, rng):
    """Chunks with endless extensions and trailers, or with impossible lengths."""
    head = (b"POST /upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: multipart/form-data; boundary=X\r\n\r\n")
    tail = rng.choice([b"ffffffffffffffff\r\n", b"-1\r\n", b"5;" + b"x" * 20_000 + b"\r\nhello\r\n0\r\n\r\n",
                       b"0\r\n" + b"X-T: v\r\n" * 2000 + b"\r\n", (b"1\r\na\r\n") * 5000 + b"0\r\n\r\n"])
    return exchange(port, head + tail)


def many_parts(port, rng):
    body = b"".join(b'--X\r\nContent-Disposition: form-data; name="f%d"\r\n\r\nv\r\n' % i for i in range(5000)) + b"--X--\r\n"
    return exchange(port, post("/upload", body, ["Content-Type: multipart/form-data; boundary=X"]))


def pipelined(port, rng):
    with connect(port) as s:
        try:
            s.sendall(b"GET /jobs HTTP/1.1\r\nHost: localhost\r\n\r\n" * 200
                      + b"GET /jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        except OSError:
            pass
        return answer(s)


ATTACKS = (hostile_image, hostile_image, hostile_image, aborted_upload, slow_body, slow_body, slow_head, odd_request,
           odd_request, chunked, many_parts, pipelined)


def attack(port, seed, job):
    """Runs a random attack; returns its name and the response."""
    rng = random.Random(seed)
    if rng.random() < 0.15:
        path = rng.choice([f"/jobs/{job}/events", f"/jobs/{job}", f"/thumbnails/{job}/large", "/"])
        return "unread_answers", unread_answers(port, rng, path)
    kind = rng.choice(ATTACKS)
    return kind.__name__, kind(port, rng)
