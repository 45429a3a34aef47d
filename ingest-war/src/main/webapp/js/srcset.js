/** Writes HTML that shows a thumbnail in the size that fits the screen. */

/** The pixels by which rounding may change a side. */
const ROUNDING = 1;

/**
 * An `<img>` with a `srcset` of all renditions of the largest one's shape, smallest first. A crop
 * has another shape than the image, and a browser may only choose among images that look alike.
 *
 * @param renditions `{url, width, height}`
 * @param base what relative addresses are resolved against
 */
export function imageTag(renditions, base) {
  const largest = largestOf(renditions);
  return [
    `<img src="${new URL(largest.url, base)}"`,
    `     srcset="${sources(renditions, largest, base).join(",\n             ")}"`,
    `     sizes="${sizes(largest)}"`,
    `     width="${largest.width}" height="${largest.height}" alt="">`,
  ].join("\n");
}

/**
 * A `<picture>`: a source for each shape, so that narrow screens get the crop and wide ones the
 * whole image, and the `<img>` of the largest.
 */
export function pictureTag(renditions, base) {
  const largest = largestOf(renditions);
  const others = renditions.filter((rendition) => !sameShape(rendition, largest));
  const crops = others
    .sort((a, b) => a.width - b.width)
    .map((crop) => `  <source media="(max-width: ${crop.width}px)" srcset="${new URL(crop.url, base)}" type="${crop.contentType}">`);
  return [
    "<picture>",
    ...crops,
    `  <source type="${largest.contentType}"`,
    `          srcset="${sources(renditions, largest, base).join(",\n                  ")}"`,
    `          sizes="${sizes(largest)}">`,
    `  <img src="${new URL(largest.url, base)}" width="${largest.width}" height="${largest.height}" alt="">`,
    "</picture>",
  ].join("\n");
}

function largestOf(renditions) {
  return [...renditions].sort((a, b) => a.width - b.width).at(-1);
}

function sources(renditions, largest, base) {
  const widths = new Map();
  for (const rendition of [...renditions].sort((a, b) => a.width - b.width).filter((r) => sameShape(r, largest))) {
    widths.set(rendition.width, `${new URL(rendition.url, base)} ${rendition.width}w`);
  }
  return [...widths.values()];
}

function sizes(largest) {
  return `(max-width: ${largest.width}px) 100vw, ${largest.width}px`;
}

function sameShape(rendition, largest) {
  const height = (rendition.width * largest.height) / largest.width;
  const width = (rendition.height * largest.width) / largest.height;
  return Math.abs(rendition.height - height) <= ROUNDING || Math.abs(rendition.width - width) <= ROUNDING;
}
