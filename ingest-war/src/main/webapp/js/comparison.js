/**
 * Original and thumbnail in one frame with a slider between them. Both have the thumbnail's size, pixel
 * for pixel; the original is scaled by the browser and not compressed again.
 */
import { cropOf } from "./crop.js";
import { element } from "./dom.js";
import { call } from "./http.js";
import { addressOf } from "./image.js";

/** Largest side of the small original that the crop is marked on. */
const MAP = 160;

/**
 * The frame, and the position of the crop on the original; undefined if the browser cannot show the
 * original (PSD, TIFF).
 *
 * @param file the original, as the user chose it
 */
export async function comparison(file, rendition, key) {
  let original;
  let thumbnail;
  try {
    [original, thumbnail] = await Promise.all([
      createImageBitmap(file),
      call(addressOf(rendition), { key, cache: "default" }).then((answer) => answer.blob()).then((blob) => createImageBitmap(blob)),
    ]);
  } catch {
    return undefined;
  }
  try {
    const padded = isPadded(original, thumbnail);
    const crop = cropOf(original, thumbnail);
    const cropped = crop.width < original.width - 1 || crop.height < original.height - 1;
    return element("div", { class: "comparison" },
      padded ? drawn(thumbnail, { x: 0, y: 0, ...size(thumbnail) }, size(thumbnail)) : frame(original, thumbnail, crop, rendition),
      cropped && !padded ? map(original, crop) : undefined);
  } finally {
    original.close();
    thumbnail.close();
  }
}

function frame(original, thumbnail, crop, { width, height, name }) {
  const before = drawn(original, crop, { width, height });
  before.classList.add("before");
  const after = drawn(thumbnail, { x: 0, y: 0, ...size(thumbnail) }, { width, height });
  const slider = element("input", {
    type: "range", min: "0", max: "100", value: "50", step: "1",
    "aria-label": `Original on the left, ${name} on the right`,
  });
  const box = element("div", { class: "frame" }, after, before,
    element("span", { class: "frame-line", "aria-hidden": "true" }),
    element("span", { class: "frame-label frame-left", textContent: "Original", "aria-hidden": "true" }),
    element("span", { class: "frame-label frame-right", textContent: name, "aria-hidden": "true" }),
    slider);
  box.style.setProperty("--width", `${width}px`);
  box.style.setProperty("--ratio", `${width} / ${height}`);
  const move = () => {
    box.style.setProperty("--share", `${slider.value}%`);
    slider.setAttribute("aria-valuetext", `${slider.value} % original`);
  };
  slider.addEventListener("input", move);
  move();
  return box;
}

/** A small view of the whole original with the thumbnail's part marked. */
function map(original, crop) {
  const scale = Math.min(1, MAP / Math.max(original.width, original.height));
  const canvas = drawn(original, { x: 0, y: 0, ...size(original) },
    { width: Math.round(original.width * scale), height: Math.round(original.height * scale) });
  const mark = element("span", { class: "crop-mark" });
  mark.style.left = `${(100 * crop.x) / original.width}%`;
  mark.style.top = `${(100 * crop.y) / original.height}%`;
  mark.style.width = `${(100 * crop.width) / original.width}%`;
  mark.style.height = `${(100 * crop.height) / original.height}%`;
  const percent = Math.round((100 * crop.width * crop.height) / (original.width * original.height));
  return element("figure", { class: "crop-map" },
    element("div", { class: "crop-image" }, canvas, mark),
    element("figcaption", { textContent: `The crop keeps ${percent} % of the image` }));
}

/** A padded thumbnail shows the whole original inside another shape, so the two cannot be overlaid. */
function isPadded(original, thumbnail) {
  const shape = original.width / original.height;
  const other = thumbnail.width / thumbnail.height;
  if (Math.abs(shape / other - 1) < 0.02) {
    return false;
  }
  const inside = shape > other
    ? { width: thumbnail.width, height: thumbnail.width / shape }
    : { width: thumbnail.height * shape, height: thumbnail.height };
  const corners = new OffscreenCanvas(thumbnail.width, thumbnail.height).getContext("2d");
  corners.drawImage(thumbnail, 0, 0);
  const edge = shape > other
    ? corners.getImageData(0, 0, thumbnail.width, Math.max(1, Math.floor((thumbnail.height - inside.height) / 2) - 1))
    : corners.getImageData(0, 0, Math.max(1, Math.floor((thumbnail.width - inside.width) / 2) - 1), thumbnail.height);
  const first = edge.data.slice(0, 3);
  for (let i = 0; i < edge.data.length; i += 4) {
    if ([0, 1, 2].some((c) => Math.abs(edge.data[i + c] - first[c]) > 6)) {
      return false;
    }
  }
  return true;
}

function size({ width, height }) {
  return { width, height };
}

function drawn(image, part, { width, height }) {
  const canvas = element("canvas", { width, height });
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, part.x, part.y, part.width, part.height, 0, 0, width, height);
  return canvas;
}
