/**
 * Finds where on the original a cropped thumbnail was taken from, by comparing the two images. The
 * server's choice depends on the image (gravity "attention"), so it is searched for, not computed.
 */

/** The shorter side of both images when they are compared. */
const SIDE = 48;

/**
 * The part of the original that a thumbnail shows, in the original's pixels: `{x, y, width, height}`; the
 * whole original if the thumbnail has its shape.
 *
 * @param original a decoded image, upright, and `thumbnail` likewise; each with `width` and `height`
 */
export function cropOf(original, thumbnail) {
  const scale = Math.max(thumbnail.width / original.width, thumbnail.height / original.height);
  const width = Math.min(original.width, thumbnail.width / scale);
  const height = Math.min(original.height, thumbnail.height / scale);
  const spare = { x: original.width - width, y: original.height - height };
  // differences of less than a thumbnail pixel are rounding
  if (spare.x * scale < 1.5 && spare.y * scale < 1.5) {
    return { x: 0, y: 0, width: original.width, height: original.height };
  }
  const small = SIDE / Math.min(width, height);
  const whole = greys(original, original.width * small, original.height * small);
  const part = greys(thumbnail, width * small, height * small);
  const steps = { x: whole.width - part.width, y: whole.height - part.height };
  let best = { difference: Infinity };
  for (let y = 0; y <= Math.max(0, steps.y); y++) {
    for (let x = 0; x <= Math.max(0, steps.x); x++) {
      const difference = differenceAt(whole, part, x, y);
      if (difference < best.difference) {
        best = { difference, x, y };
      }
    }
  }
  return {
    x: steps.x > 0 ? (spare.x * best.x) / steps.x : spare.x / 2,
    y: steps.y > 0 ? (spare.y * best.y) / steps.y : spare.y / 2,
    width,
    height,
  };
}

/** Mean square difference, of the brightness, where the part lies at x and y of the whole. */
function differenceAt(whole, part, x, y) {
  let sum = 0;
  const width = Math.min(part.width, whole.width - x);
  const height = Math.min(part.height, whole.height - y);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const d = whole.values[(y + row) * whole.width + x + column] - part.values[row * part.width + column];
      sum += d * d;
    }
  }
  return sum / (width * height);
}

function greys(image, width, height) {
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "high";
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const values = new Float32Array(canvas.width * canvas.height);
  for (let i = 0; i < values.length; i++) {
    values[i] = 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2];
  }
  return { values, width: canvas.width, height: canvas.height };
}
