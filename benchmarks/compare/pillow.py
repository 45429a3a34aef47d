"""CPU time of Pillow's thumbnail() with Lanczos for each job; the pictures go to the folder pillow."""
import io
import os
import sys
import time

from PIL import Image

os.makedirs("pillow", exist_ok=True)
for job in sys.argv[1:]:
    name, file, renditions = job.split("=", 2)
    if "cover" in renditions:
        continue
    with open(file, "rb") as f:
        data = f.read()

    def run():
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

    for i, (kind, content) in enumerate(run()):
        extension = "jpg" if kind == "jpeg" else kind
        with open(f"pillow/{name}-r{i}.{extension}", "wb") as f:
            f.write(content)
    if name.startswith("look-"):
        continue
    batches = []
    for _ in range(3):
        start = time.process_time()
        runs = 0
        while time.process_time() - start < 0.5:
            run()
            runs += 1
        batches.append((time.process_time() - start) / runs * 1000)
    print(f"{name}\t{sorted(batches)[1]:.2f}")
