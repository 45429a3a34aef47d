/** The drawer with the details of one image and the actions on it. */
import { copyButton } from "./clipboard.js";
import { comparison } from "./comparison.js";
import { announce, byId, element } from "./dom.js";
import { fileName, saveAll, saveOne } from "./downloads.js";
import { bytes } from "./format.js";
import { factsOf, sentences, statusOf, warningsOf } from "./job-words.js";
import { explain } from "./messages.js";
import { addressOf, show } from "./image.js";
import { imageTag, pictureTag } from "./srcset.js";

export class Details {
  #dialog = byId("details");
  #accessKey;
  #actions;
  #job;
  #drawn = "";
  #chosen;

  /**
   * @param actions `remove(job)`, `leave(job)` when a job goes from the page, `neighbours()` the jobs
   *     to go through, and `closed(job)`
   */
  constructor(accessKey, actions) {
    this.#accessKey = accessKey;
    this.#actions = actions;
    byId("details-close").addEventListener("click", () => this.#dialog.close());
    byId("details-previous").addEventListener("click", () => this.#step(-1));
    byId("details-next").addEventListener("click", () => this.#step(1));
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) { // beside the drawer
        this.#dialog.close();
      }
    });
    this.#dialog.addEventListener("close", () => {
      const job = this.#job;
      this.#job = undefined;
      this.#actions.closed(job);
    });
  }

  get job() {
    return this.#job;
  }

  open(job) {
    this.#job = job;
    this.#drawn = "";
    this.#chosen = undefined;
    this.draw();
    if (!this.#dialog.open) {
      this.#dialog.showModal();
    }
    this.#dialog.scrollTop = 0;
  }

  close() {
    this.#dialog.close();
  }

  /** Draws what has changed. */
  draw() {
    const job = this.#job;
    byId("details-name").textContent = job.name;
    byId("details-facts").textContent = factsOf(job);
    byId("details-status").textContent = job.state === "failed" ? "Failed" : statusOf(job);
    this.#dialog.dataset.state = job.state;
    const jobs = this.#actions.neighbours();
    const place = jobs.indexOf(job);
    byId("details-previous").disabled = place <= 0;
    byId("details-next").disabled = place < 0 || place === jobs.length - 1;
    const drawn = `${job.id} ${job.state} ${job.explanation?.title}`;
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      byId("details-notice").replaceChildren(...this.#notices());
      byId("details-images").replaceChildren(...(job.state === "done" ? this.#images() : this.#preview()));
      this.#drawActions();
    }
  }

  #step(by) {
    const jobs = this.#actions.neighbours();
    const next = jobs[jobs.indexOf(this.#job) + by];
    if (next) {
      this.open(next);
      announce(next.name);
    }
  }

  #notices() {
    const { explanation } = this.#job;
    const problem = explanation && element("div", { class: "card-notice" },
      element("p", { class: "notice-title", textContent: explanation.title }),
      element("p", { class: "notice-text", textContent: sentences(explanation.detail, explanation.advice) }));
    const warnings = warningsOf(this.#job).map((text) => element("p", { class: "card-warning", textContent: text }));
    return [problem, ...warnings].filter(Boolean);
  }

  #preview() {
    const { file } = this.#job;
    if (!file) {
      return [];
    }
    const url = URL.createObjectURL(file);
    const image = element("img", { alt: "", class: "preview" });
    image.addEventListener("load", () => URL.revokeObjectURL(url), { once: true });
    image.addEventListener("error", () => image.remove(), { once: true });
    image.src = url;
    return [image];
  }

  #images() {
    const job = this.#job;
    const { renditions } = job;
    const stage = element("div", { class: "stage" });
    const radios = renditions.map((rendition) => {
      const input = element("input", { type: "radio", name: "shown", value: rendition.name });
      input.addEventListener("change", () => this.#show(rendition, stage));
      return element("label", { class: "chip" }, input, element("span", { class: "chip-text" }, element("b", { textContent: rendition.name })));
    });
    const first = renditions.find(({ name }) => name === this.#chosen) ?? renditions.find(({ width }) => width >= 240) ?? renditions.at(-1);
    if (first) {
      radios[renditions.indexOf(first)].querySelector("input").checked = true;
      this.#show(first, stage);
    }
    const rows = element("ul", { class: "rows", "aria-label": `Thumbnails of ${job.name}` }, ...renditions.map((rendition) => this.#row(rendition)));
    return [
      element("fieldset", { class: "chips" }, element("legend", { class: "visually-hidden", textContent: "Thumbnail to compare" }), ...radios),
      stage,
      rows,
      element("div", { class: "copies" },
        copyButton("Copy <img srcset>", `HTML of ${job.name} with srcset`, () => imageTag(renditions, document.baseURI)),
        copyButton("Copy <picture>", `HTML of ${job.name} with picture`, () => pictureTag(renditions, document.baseURI))),
    ];
  }

  #row(rendition) {
    const job = this.#job;
    const name = fileName(job, rendition);
    const key = this.#accessKey.value;
    return element("li", { class: "row" },
      element("span", { class: "row-name", textContent: rendition.name }),
      element("span", { class: "row-facts", textContent: `${rendition.width} × ${rendition.height} · ${bytes(rendition.bytes)}${sameSize(job, rendition)}` }),
      element("span", { class: "row-actions" },
        element("a", {
          class: "button small", href: `${addressOf(rendition)}?download`, download: "", textContent: "Download", "aria-label": `Download ${name}`,
          onclick: (event) => {
            if (key) { // a link cannot send it
              event.preventDefault();
              saveOne(job, rendition, key).catch((problem) => announce(explain(problem).title));
            }
          },
        }),
        copyButton("Copy link", `link to ${rendition.name} of ${job.name}`, () => addressOf(rendition))));
  }

  async #show(rendition, stage) {
    this.#chosen = rendition.name;
    const job = this.#job;
    const key = this.#accessKey.value;
    const image = element("img", { class: "thumbnail", width: rendition.width, height: rendition.height, alt: `${job.name}, ${rendition.name}` });
    show(image, addressOf(rendition), key);
    stage.replaceChildren(image);
    const both = job.file && await comparison(job.file, rendition, key);
    if (both && this.#job === job && this.#chosen === rendition.name) {
      stage.replaceChildren(both);
    }
  }

  async #saveAll(job) {
    const { packed, missing } = await saveAll([job], { key: this.#accessKey.value, signal: new AbortController().signal, onProgress() {} });
    announce(missing > 0 ? `${missing} thumbnails could not be fetched` : `${packed} thumbnails in thumbnails.zip`);
  }

  #drawActions() {
    const job = this.#job;
    const buttons = [];
    const add = (label, run, style = "") => buttons.push(element("button", { type: "button", class: style, textContent: label, onclick: run }));
    if (job.state === "paused") {
      add("Try now", () => job.tryNow(), "primary");
    }
    if (job.again) {
      add(job.again, () => job.tryAgain(), "primary");
    }
    if (job.state === "done" && job.renditions.length > 1) {
      add("Download all", () => this.#saveAll(job), "primary");
    }
    if (job.unsent) {
      add("Cancel", () => this.#actions.leave(job));
    } else if (job.state === "failed") {
      add("Dismiss", () => this.#actions.leave(job));
    } else if (job.id) {
      add("Delete", () => this.#actions.remove(job), "danger");
    }
    const bar = byId("details-actions");
    const focused = bar.contains(document.activeElement);
    bar.replaceChildren(...buttons);
    if (focused) {
      (bar.querySelector("button") ?? byId("details-close")).focus();
    }
  }
}

/** Saved bytes are shown only if the numbers of pixels are equal. */
function sameSize(job, rendition) {
  if (rendition.width !== job.job.width || rendition.height !== job.job.height || !(rendition.bytes < job.size)) {
    return "";
  }
  return ` · ${Math.floor(100 - (100 * rendition.bytes) / job.size)} % smaller than the original of the same size`;
}
