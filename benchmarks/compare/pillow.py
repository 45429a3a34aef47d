"""Pillow's thumbnail() with Lanczos as a program of the comparison (see measure.mjs)."""
import io
import os
import sys
import time

from PIL import Image


def run(data, renditions):
    results = []
    for rendition in renditions.split(";"):
        parts = rendition.split(",")
        size = tuple(int(side) for side in parts[0].split("x"))
        kind = parts[1] if len(parts) > 1 else "jpeg"
        image = Image.open(io.BytesIO(data))
        image.thumbnail(size, Image.LANCZOS)
        out = io.BytesIO()
        image.save(out, kind.upper(), quality=80)
        results.append((kind, out.getvalue()))
    return results


os.makedirs("pillow", exist_ok=True)
for line in sys.stdin:
    name, file, renditions = line.strip().removeprefix("keep ").split("=", 2)
    if "cover" in renditions:
        print("-")
        continue
    with open(file, "rb") as f:
        data = f.read()
    if line.startswith("keep "):
        for i, (kind, content) in enumerate(run(data, renditions)):
            extension = "jpg" if kind == "jpeg" else kind
            with open(f"pillow/{name}-r{i}.{extension}", "wb") as f:
                f.write(content)
        print(0)
        continue
    start = time.process_time()
    runs = 0
    while time.process_time() - start < 0.5:
        run(data, renditions)
        runs += 1
    print(f"{(time.process_time() - start) / runs * 1000:.3f}")
