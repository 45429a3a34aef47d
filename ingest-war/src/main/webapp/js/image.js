/** Shows an image of the server in an `<img>`. */
import { call } from "./http.js";

/** An `<img>` cannot send a key, so with a key the page fetches the image itself. */
export async function show(image, address, key) {
  if (!key) {
    image.src = address;
    return;
  }
  try {
    const url = URL.createObjectURL(await (await call(address, { key, cache: "default" })).blob());
    image.addEventListener("load", () => URL.revokeObjectURL(url), { once: true });
    image.src = url;
  } catch {
    image.alt = "This thumbnail cannot be shown";
  }
}

export function addressOf(rendition) {
  return new URL(rendition.url, document.baseURI).href;
}
