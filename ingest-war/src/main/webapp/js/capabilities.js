/** The capabilities of the server: `GET /capabilities`. */
import { call } from "./http.js";

/** Requests the capabilities; undefined if the server does not answer, and the page then offers no choices. */
export async function capabilities(key) {
  try {
    return await (await call("capabilities", { key })).json();
  } catch {
    return undefined;
  }
}

/**
 * The value of `accept` for a file chooser: images, and file extensions that browsers do not associate with
 * images.
 */
export function acceptOf({ formats }) {
  return ["image/*", ...formats.flatMap(({ extensions }) => extensions.map((extension) => `.${extension}`))].join(",");
}

/** The formats in words: `JPEG, PNG, GIF, WebP, TIFF and 5 more`. */
export function formatsInWords({ formats }, shown = 5) {
  const names = formats.map(({ name }) => (name === "webp" ? "WebP" : name.toUpperCase()));
  return names.length > shown + 1
    ? `${names.slice(0, shown).join(", ")} and ${names.length - shown} more`
    : names.join(", ");
}
