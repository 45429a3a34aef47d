/**
 * Writes a ZIP archive without compression: thumbnails are compressed already. By the format's
 * public description (APPNOTE 6.3): names in UTF-8, no ZIP64, so at most 65,535 files and 4 GB.
 */

const MOST_FILES = 0xffff;
const MOST_BYTES = 0xffffffff;
const UTF8 = 0x0800;
const VERSION = 20;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) {
    c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  }
  return c;
});

export class ZipWriter {
  #parts = [];
  #directory = [];
  #names = new Map();
  #offset = 0;
  #time;

  /** @param now the modification time of all files */
  constructor(now = new Date()) {
    this.#time = dosTime(now);
  }

  get files() {
    return this.#directory.length / 2;
  }

  /** Adds a file. A name that is already used gets a number: `a (2).jpg`. Returns the final name. */
  add(name, bytes) {
    const free = this.#free(name);
    const encoded = new TextEncoder().encode(free);
    const fields = [VERSION, UTF8, 0, ...this.#time];
    const sizes = [crc32(bytes), bytes.length, bytes.length];
    const local = record(0x04034b50, fields, sizes, [encoded.length, 0]);
    if (this.files >= MOST_FILES || this.#offset + local.length + encoded.length + bytes.length > MOST_BYTES) {
      throw new RangeError("the archive is too large: a ZIP file holds 65,535 files and 4 GB");
    }
    this.#directory.push(
      record(0x02014b50, [VERSION, ...fields], sizes, [encoded.length, 0, 0, 0, 0], [0, this.#offset]), encoded);
    this.#parts.push(local, encoded, bytes);
    this.#offset += local.length + encoded.length + bytes.length;
    return free;
  }

  /** The archive as a Blob. */
  finish() {
    const size = this.#directory.reduce((sum, part) => sum + part.length, 0);
    const count = this.files;
    const end = record(0x06054b50, [0, 0, count, count], [size, this.#offset], [0]);
    return new Blob([...this.#parts, ...this.#directory, end], { type: "application/zip" });
  }

  #free(name) {
    const key = name.toLowerCase(); // some file systems do not tell case apart
    const before = this.#names.get(key) ?? 0;
    this.#names.set(key, before + 1);
    if (before === 0) {
      return name;
    }
    const dot = name.lastIndexOf(".");
    const next = dot > 0 ? `${name.slice(0, dot)} (${before + 1})${name.slice(dot)}` : `${name} (${before + 1})`;
    return this.#free(next);
  }
}

/** A record: its signature, then groups of numbers of 2, 4, 2 and 4 bytes in turn. */
function record(signature, ...groups) {
  const widths = [2, 4, 2, 4];
  const length = 4 + groups.reduce((sum, group, i) => sum + group.length * widths[i], 0);
  const view = new DataView(new ArrayBuffer(length));
  view.setUint32(0, signature, true);
  let at = 4;
  groups.forEach((group, i) => {
    for (const value of group) {
      if (widths[i] === 2) {
        view.setUint16(at, value, true);
      } else {
        view.setUint32(at, value, true);
      }
      at += widths[i];
    }
  });
  return new Uint8Array(view.buffer);
}

function dosTime(now) {
  return [
    (now.getHours() << 11) | (now.getMinutes() << 5) | (now.getSeconds() >> 1),
    (Math.max(0, now.getFullYear() - 1980) << 9) | ((now.getMonth() + 1) << 5) | now.getDate(),
  ];
}

export function crc32(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) {
    c = CRC_TABLE[(c ^ byte) & 0xff] ^ (c >>> 8);
  }
  return (c ^ 0xffffffff) >>> 0;
}
