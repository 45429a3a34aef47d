/** The grid of all images: a tile each, failures first, and the filter above it. */
import { byId, element } from "./dom.js";
import { statusOf, warningsOf } from "./job-words.js";
import { addressOf, show } from "./image.js";

const FILTERS = {
  all: () => true,
  running: (job) => !job.ended,
  done: (job) => job.state === "done",
  failed: (job) => job.state === "failed",
};

export class Gallery {
  #tiles = new Map();
  #grid = byId("jobs");
  #accessKey;
  #open;

  /** @param open is called with a job when its tile is pressed */
  constructor(accessKey, open) {
    this.#accessKey = accessKey;
    this.#open = open;
    byId("filters").addEventListener("change", (event) => {
      this.#grid.dataset.filter = event.target.value;
    });
  }

  /** Inserts jobs before the existing ones, but after the failed ones. */
  add(jobs) {
    const items = jobs.map((job) => {
      const tile = new GalleryTile(job, this.#accessKey, () => this.#open(job));
      this.#tiles.set(job, tile);
      return tile.item;
    });
    const first = [...this.#grid.children].find((item) => item.dataset.state !== "failed");
    if (first) {
      first.before(...items);
    } else {
      this.#grid.append(...items);
    }
  }

  update(job) {
    const tile = this.#tiles.get(job);
    if (tile && tile.draw() && job.state === "failed") {
      this.#bringForward(tile.item);
    }
  }

  remove(job) {
    const item = this.#tiles.get(job)?.item;
    if (!item) {
      return;
    }
    const next = item.nextElementSibling ?? item.previousElementSibling;
    const focused = item.contains(document.activeElement);
    item.remove();
    this.#tiles.delete(job);
    if (focused) {
      (next?.querySelector("button") ?? byId("files")).focus();
    }
  }

  focus(job) {
    this.#tiles.get(job)?.button.focus();
  }

  /** The jobs whose tiles are shown, in the order of the page. */
  shown() {
    const byItem = new Map([...this.#tiles].map(([job, tile]) => [tile.item, job]));
    const passes = FILTERS[this.#grid.dataset.filter ?? "all"];
    return [...this.#grid.children].map((item) => byItem.get(item)).filter((job) => job && passes(job));
  }

  /** How many jobs pass each filter, on its button. */
  count(jobs) {
    for (const [name, passes] of Object.entries(FILTERS)) {
      byId(`count-${name}`).textContent = jobs.filter(passes).length.toLocaleString("en");
    }
  }

  #bringForward(item) {
    const last = [...this.#grid.children].filter((other) => other !== item && other.dataset.state === "failed").at(-1);
    const focused = item.contains(document.activeElement) ? document.activeElement : undefined;
    if (last) {
      last.after(item);
    } else {
      this.#grid.prepend(item);
    }
    focused?.focus({ preventScroll: true });
  }
}

class GalleryTile {
  #job;
  #accessKey;
  #image = element("img", { alt: "", loading: "lazy", decoding: "async" });
  #status = element("span", { class: "tile-status" });
  #progress = element("progress", { max: 1, value: 0, hidden: true });
  #name = element("span", { class: "tile-name", dir: "auto" });
  #local;
  #state;

  constructor(job, accessKey, open) {
    this.#job = job;
    this.#accessKey = accessKey;
    this.button = element("button", { type: "button", class: "tile-open", onclick: open },
      element("span", { class: "tile-image" }, this.#image, this.#progress),
      this.#name, this.#status);
    this.item = element("li", { class: "tile" }, this.button);
    this.#image.addEventListener("error", () => this.item.classList.add("no-image"));
    this.#image.addEventListener("load", () => this.item.classList.remove("no-image"));
    if (job.file) {
      this.#local = URL.createObjectURL(job.file);
      this.#image.src = this.#local;
    } else {
      this.item.classList.add("no-image");
    }
    this.draw();
  }

  /** Returns whether the state has changed. */
  draw() {
    const job = this.#job;
    this.#name.textContent = job.name;
    this.#status.textContent = statusOf(job);
    this.#progress.hidden = job.state !== "uploading";
    this.#progress.value = job.progress;
    this.#progress.setAttribute("aria-label", `Upload of ${job.name}`);
    const changed = this.#state !== job.state;
    this.#state = job.state;
    this.item.dataset.state = job.state;
    this.item.classList.toggle("warned", job.warnings.length > 0);
    this.button.title = [job.name, ...warningsOf(job)].join("\n");
    if (changed && job.state === "done") {
      this.#showThumbnail();
    }
    return changed;
  }

  /** The smallest thumbnail that fills the tile, in the place of the original, which may be large. */
  #showThumbnail() {
    const { renditions } = this.#job;
    const fitting = renditions.find(({ width, height }) => Math.max(width, height) >= 240) ?? renditions.at(-1);
    if (fitting) {
      show(this.#image, addressOf(fitting), this.#accessKey.value);
      if (this.#local) {
        const local = this.#local;
        this.#image.addEventListener("load", () => URL.revokeObjectURL(local), { once: true });
      }
    }
  }
}
