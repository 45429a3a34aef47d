"""CPU time of Pillow's thumbnail() with Lanczos for each job."""
import io
import sys
import time

from PIL import Image

for job in sys.argv[1:]:
    name, file, renditions = job.split("=")
    with open(file, "rb") as f:
        data = f.read()

    def run():
        for rendition in renditions.split(";"):
            parts = rendition.split(",")
            size = tuple(int(side) for side in parts[0].split("x"))
            kind = (parts[1] if len(parts) > 1 else "jpeg").upper()
            image = Image.open(io.BytesIO(data))
            image.thumbnail(size, Image.LANCZOS)
            image.save(io.BytesIO(), kind, quality=80)

    run()
    batches = []
    for _ in range(3):
        start = time.process_time()
        for _ in range(4):
            run()
        batches.append((time.process_time() - start) / 4 * 1000)
    print(f"{name}\t{sorted(batches)[1]:.2f}")
