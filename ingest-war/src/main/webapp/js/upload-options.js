/** The options of an upload: renditions and priority. */
import { byId, element } from "./dom.js";

const KEPT = "thumbnailer.options";
const LANES = {
  high: "Before all others",
  normal: "Normal",
  low: "When there is time",
};

export class UploadOptions {
  #renditions = [];
  #priority;

  /** Shows the choices of `GET /capabilities`, with the user's last selection. */
  show({ renditions, priorities }) {
    const kept = read();
    this.#renditions = renditions.map((rendition) => chip({
      type: "checkbox",
      value: rendition.name,
      label: rendition.name,
      note: describe(rendition),
      checked: !(kept.without ?? []).includes(rendition.name),
    }));
    const lanes = priorities.map((lane) => chip({
      type: "radio",
      name: "priority",
      value: lane,
      label: lane,
      note: LANES[lane] ?? "",
      checked: lane === (kept.priority ?? "normal"),
    }));
    byId("renditions").replaceChildren(...this.#renditions.map(({ root }) => root));
    byId("priorities").replaceChildren(...lanes.map(({ root }) => root));
    this.#priority = () => lanes.find(({ input }) => input.checked)?.input.value;
    byId("options").hidden = false;
    byId("options").addEventListener("change", (event) => {
      if (!this.#renditions.some(({ input }) => input.checked)) {
        event.target.checked = true; // an upload without any rendition would make nothing
      }
      localStorage.setItem(KEPT, JSON.stringify({
        without: this.#renditions.filter(({ input }) => !input.checked).map(({ input }) => input.value),
        priority: this.#priority(),
      }));
    });
  }

  /** The form fields of an upload; none if the server's default is selected. */
  get fields() {
    const chosen = this.#renditions.filter(({ input }) => input.checked).map(({ input }) => input.value);
    return {
      ...(chosen.length < this.#renditions.length ? { renditions: chosen.join(",") } : {}),
      ...(this.#priority && this.#priority() !== "normal" ? { priority: this.#priority() } : {}),
    };
  }
}

function chip({ type, name, value, label, note, checked }) {
  const input = element("input", { type, value, checked });
  if (name) {
    input.name = name;
  }
  return {
    input,
    root: element("label", { class: "chip" }, input,
      element("span", { class: "chip-text" }, element("b", { textContent: label }), element("span", { class: "chip-note", textContent: note }))),
  };
}

function describe({ width, height, fit, format }) {
  const crop = fit === "cover" ? ", cropped" : fit === "pad" ? ", padded" : "";
  return `${width} × ${height}${crop}, ${format === "auto" ? "JPEG or WebP" : format === "webp" ? "WebP" : format.toUpperCase()}`;
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}
