"""Writes the results of benchmarks/upload/run as a Markdown table, from results.tsv and a description of the machine."""

import sys

cells = {}
for line in open(sys.argv[1], encoding="utf-8"):
    name, size, connections, uploads, micros, p50, p99, errors, ticks = line.rstrip("\n").split("\t")
    uploads = int(uploads)
    cells[size, int(connections), name] = {
        "rate": uploads / int(micros) * 1e6,
        "p50": int(p50) / 1000,
        "p99": int(p99) / 1000,
        "cpu": int(ticks) * 10 / max(uploads, 1),
        "errors": int(errors),
    }


def pair(ours, theirs, key, digits):
    return f"{ours[key]:.{digits}f} / {theirs[key]:.{digits}f} ({ours[key] / theirs[key]:.2f})"


print(f"{sys.argv[2]}. Each cell: ingest / Flask (ratio).\n")
print("| file | connections | uploads/s | p50, ms | p99, ms | CPU of the server per upload, ms | errors |")
print("| --- | --- | --- | --- | --- | --- | --- |")
for size, connections in dict.fromkeys(key[:2] for key in cells):
    ours, theirs = (cells[size, connections, name] for name in ("ingest", "flask"))
    values = [
        pair(ours, theirs, "rate", 1),
        pair(ours, theirs, "p50", 1),
        pair(ours, theirs, "p99", 1),
        pair(ours, theirs, "cpu", 2),
        f"{ours['errors']} / {theirs['errors']}",
    ]
    print(f"| {size} | {connections} | " + " | ".join(values) + " |")
