/** Shows the renditions of one job: places for them at first, the pictures once they are made. */
import { copyButton } from "./clipboard.js";
import { element } from "./dom.js";
import { bytes, saving } from "./format.js";
import { call } from "./http.js";
import { imageTag } from "./srcset.js";

/** Empty places, so that nothing moves when the pictures come. */
export function places(names) {
  return element("ul", { class: "thumbnails", "aria-hidden": "true" },
    ...names.map((name) => element("li", { class: "thumbnail pending" },
      element("div", { class: "stage" }),
      element("div", { class: "name", textContent: name }))));
}

/** The pictures of a job that is done, smallest first, and the tag that shows them all. */
export function thumbnails(job, accessKey) {
  const renditions = Object.entries(job.renditions)
    .map(([name, rendition]) => ({ name, ...rendition }))
    .sort((a, b) => a.width * a.height - b.width * b.height);
  const list = element("ul", { class: "thumbnails", "aria-label": `Thumbnails of ${job.filename}` },
    ...renditions.map((rendition) => thumbnail(rendition, job, accessKey)));
  const tag = copyButton("Copy <img srcset>", `HTML of ${job.filename} with srcset`,
    () => imageTag(renditions, document.baseURI));
  return [list, tag];
}

function thumbnail(rendition, job, accessKey) {
  const address = new URL(rendition.url, document.baseURI).href;
  const image = element("img", {
    width: rendition.width,
    height: rendition.height,
    alt: `${job.filename}, ${rendition.name}`,
    decoding: "async",
  });
  const open = element("a", { class: "stage", href: address, target: "_blank", rel: "noopener" }, image);
  load(image, open, address, accessKey.value);
  return element("li", { class: "thumbnail" },
    open,
    element("div", { class: "name", textContent: rendition.name }),
    element("div", { class: "facts" },
      element("span", { textContent: `${rendition.width} × ${rendition.height}` }),
      element("span", { textContent: bytes(rendition.bytes) }),
      element("span", { class: "saved", textContent: saving(rendition.bytes, job.size) })),
    copyButton("Copy link", `link to ${rendition.name} of ${job.filename}`, () => address));
}

/** An `<img>` cannot send a key, so with one the page fetches the picture itself. */
async function load(image, link, address, key) {
  if (!key) {
    image.src = address;
    return;
  }
  try {
    const response = await call(address, { key, cache: "default" });
    image.src = URL.createObjectURL(await response.blob());
    link.href = image.src;
  } catch {
    image.alt = "This thumbnail cannot be shown";
  }
}
