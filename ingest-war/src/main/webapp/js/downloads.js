/** Saves thumbnails: one by a link, many as one ZIP file. */
import { element } from "./dom.js";
import { call } from "./http.js";
import { addressOf } from "./image.js";
import { ZipWriter } from "./zip.js";

/** The number of concurrent downloads. */
const AT_ONCE = 3;
const ENDINGS = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/avif": "avif" };

/** The file name of a saved thumbnail, as the server names it: `holiday-small.jpg`. */
export function fileName(job, rendition) {
  const base = job.name
    .replace(/^.*[\\/]/, "")
    .replace(/\.[A-Za-z0-9]{1,5}$/, "")
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029\ufffd]/gu, "")
    .replace(/[:*?"<>|%]/g, "_")
    .replace(/^[. ]+/, "")
    .trim();
  const ending = ENDINGS[rendition.contentType] ?? rendition.contentType.split("/").at(-1);
  return `${[...base].slice(0, 100).join("") || "thumbnail"}-${rendition.name}.${ending}`;
}

/** Saves one thumbnail. With a key the page fetches it, since a link cannot send one. */
export async function saveOne(job, rendition, key) {
  if (key) {
    save(await (await call(addressOf(rendition), { key, cache: "default" })).blob(), fileName(job, rendition));
  } else {
    link(`${addressOf(rendition)}?download`, "");
  }
}

/**
 * Packs all thumbnails of the jobs and saves the archive. Returns the numbers of files that were
 * packed and that could not be fetched.
 *
 * @param onProgress is called with the number done and the total
 */
export async function saveAll(jobs, { key, signal, onProgress }) {
  const wanted = jobs.flatMap((job) => job.renditions.map((rendition) => ({ job, rendition })));
  const zip = new ZipWriter();
  let next = 0;
  let done = 0;
  let missing = 0;
  const fetchSome = async () => {
    while (next < wanted.length) {
      const { job, rendition } = wanted[next++];
      try {
        const answer = await call(addressOf(rendition), { key, cache: "default", signal });
        zip.add(fileName(job, rendition), new Uint8Array(await answer.arrayBuffer()));
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof RangeError) {
          throw error;
        }
        missing++;
      }
      onProgress(++done, wanted.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchSome));
  if (zip.files > 0) {
    save(zip.finish(), "thumbnails.zip");
  }
  return { packed: zip.files, missing };
}

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  link(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the browser may ask the person first
}

function link(href, download) {
  const anchor = element("a", { href, download, hidden: true });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
}
