/** Checks before an upload whether the server would refuse the file. */
import { bytes, limit } from "./format.js";
import { Problem } from "./http.js";

const HEAD = 40;

/** The first bytes of each format, by the format's name; each check receives the first bytes as text. */
const BEGINNINGS = {
  jpeg: (head) => head.startsWith("\xff\xd8\xff"),
  png: (head) => head.startsWith("\x89PNG"),
  gif: (head) => head.startsWith("GIF8"),
  webp: (head) => head.startsWith("RIFF") && head.slice(8, 12) === "WEBP",
  tiff: (head) => /^(II[*+]\0|MM\0[*+])/.test(head),
  bmp: (head) => head.startsWith("BM"),
  psd: (head) => head.startsWith("8BPS"),
  pnm: (head) => /^P[1-7f]/i.test(head),
  icns: (head) => head.startsWith("icns"),
  ico: (head) => /^\0\0[\x01\x02]\0/.test(head),
  heif: (head) => head.slice(4, 8) === "ftyp",
  heic: (head) => head.slice(4, 8) === "ftyp",
  avif: (head) => head.slice(4, 8) === "ftyp",
  jxl: (head) => head.startsWith("\xff\x0a") || head.slice(4, 8) === "JXL ",
};

/** Throws a Problem with the code that the server would return. */
export async function check(file, offer) {
  if (!offer) {
    return;
  }
  if (file.size > offer.limits.maxBytes) {
    throw new Problem({
      code: "too-large",
      detail: `it is ${bytes(file.size)}; this server accepts up to ${limit(offer.limits.maxBytes)}`,
    });
  }
  const beginnings = offer.formats.map(({ name }) => BEGINNINGS[name]);
  if (beginnings.includes(undefined)) {
    return; // a format that this page does not know: the server decides
  }
  let head;
  try {
    head = String.fromCharCode(...new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
  } catch {
    throw new Problem({ code: "unreadable-file" });
  }
  if (!beginnings.some((begins) => begins(head))) {
    throw new Problem({
      code: "unsupported-type",
      detail: file.size === 0 ? "the file is empty" : "its first bytes do not match any image format",
    });
  }
}

/** Files that operating systems create in directories and that users do not mean to upload. */
export function isSystemFile(name) {
  return name.startsWith(".") || ["thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"].includes(name.toLowerCase());
}
