"""Draws the figures of a soak test as one SVG: a panel for each kind of figure, a line for each server."""
PANELS = (("Resident memory, MB", ("ingest_rss_mb", "worker_rss_mb")), ("Heap in use, MB", ("ingest_heap_mb", "worker_heap_mb")),
          ("Threads", ("ingest_threads", "worker_threads")), ("Open files", ("ingest_files", "worker_files")),
          ("Connections to ingest", ("ingest_connections",)), ("Temporary files, MB", ("tmp_mb",)),
          ("Ingest's liveness probe, ms", ("liveness_ms",)))
COLOURS = ("#1f77b4", "#d62728")
WIDTH, HEIGHT, LEFT, GAP = 760, 120, 60, 44


def draw(rows, title):
    total = len(PANELS) * (HEIGHT + GAP) + 50
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH + LEFT + 20}" height="{total}" '
           'font-family="sans-serif" font-size="12">', '<rect width="100%" height="100%" fill="white"/>',
           f'<text x="{LEFT}" y="18">Soak: {title.replace("&", "").replace("<", "")}; '
           f'<tspan fill="{COLOURS[0]}">ingest</tspan>, <tspan fill="{COLOURS[1]}">worker</tspan></text>']
    for number, (name, columns) in enumerate(PANELS):
        out += panel(rows, name, columns, 40 + number * (HEIGHT + GAP))
    return "\n".join([*out, "</svg>\n"])


def panel(rows, name, columns, top):
    bottom, end = top + HEIGHT, max([row["seconds"] for row in rows] or [1]) or 1
    highest = max([row[c] for row in rows for c in columns if row[c] != ""] or [1]) or 1
    out = [f'<text x="{LEFT}" y="{top - 4}">{name}</text>',
           f'<path d="M{LEFT} {top}V{bottom}H{LEFT + WIDTH}" fill="none" stroke="#888"/>',
           f'<text x="{LEFT - 6}" y="{top + 10}" text-anchor="end">{highest}</text>',
           f'<text x="{LEFT - 6}" y="{bottom}" text-anchor="end">0</text>',
           f'<text x="{LEFT + WIDTH}" y="{bottom + 14}" text-anchor="end">{end / 60:.0f} min</text>']
    for colour, column in zip(COLOURS, columns):
        points = " ".join(f"{LEFT + row['seconds'] / end * WIDTH:.1f},{bottom - row[column] / highest * HEIGHT:.1f}"
                          for row in rows if row[column] != "")
        out.append(f'<polyline points="{points}" fill="none" stroke="{colour}"/>')
    return out
