/** Writes the HTML that shows a thumbnail in the size that fits the reader's screen. */

/** Pixels that rounding may move a side by. */
const ROUNDING = 1;

/**
 * An `<img>` with a `srcset` of all renditions of the largest one's shape, smallest first. A crop
 * has another shape than the picture, and a browser may only choose among pictures that look alike.
 *
 * @param renditions `{url, width, height}`
 * @param base what relative addresses are resolved against
 */
export function imageTag(renditions, base) {
  const bySize = [...renditions].sort((a, b) => a.width - b.width);
  const largest = bySize.at(-1);
  const widths = new Map();
  for (const rendition of bySize.filter((r) => sameShape(r, largest))) {
    widths.set(rendition.width, `${new URL(rendition.url, base)} ${rendition.width}w`);
  }
  return [
    `<img src="${new URL(largest.url, base)}"`,
    `     srcset="${[...widths.values()].join(",\n             ")}"`,
    `     sizes="(max-width: ${largest.width}px) 100vw, ${largest.width}px"`,
    `     width="${largest.width}" height="${largest.height}" alt="">`,
  ].join("\n");
}

function sameShape(rendition, largest) {
  const height = (rendition.width * largest.height) / largest.width;
  const width = (rendition.height * largest.width) / largest.height;
  return Math.abs(rendition.height - height) <= ROUNDING || Math.abs(rendition.width - width) <= ROUNDING;
}
