/** What the page shows of one file, from the moment it was chosen. Knows nothing of the server. */
import { element } from "./dom.js";
import { bytes } from "./format.js";
import { places, thumbnails } from "./thumbnails.js";

const STATUS = {
  QUEUED: ["queued", "Waiting for a worker"],
  PROCESSING: ["processing", "Making thumbnails"],
  RETRYING: ["retrying", "Failed once, will be tried again"],
  DONE: ["done", "Done"],
};

let cards = 0;

export class JobCard {
  #status;
  #facts;
  #progress;
  #notice = element("div", { class: "card-notice" });
  #media = element("div", { class: "card-media" });
  #actions = element("div", { class: "card-actions" });

  /** @param file that was chosen: its name and size are shown until the server knows better */
  constructor(file) {
    const id = `job-${++cards}`;
    const name = file.name || "pasted image";
    this.name = name;
    this.#status = element("p", { class: "status" });
    this.#facts = element("p", { class: "facts", textContent: bytes(file.size) });
    this.#progress = element("progress", { max: 1, value: 0, hidden: true, "aria-label": `Upload of ${name}` });
    this.item = element("li", { class: "card" },
      element("div", { class: "card-head" },
        element("h3", { class: "name", id, textContent: name }),
        this.#facts, this.#status),
      this.#progress, this.#notice, this.#media, this.#actions);
  }

  /** In the page's own line, before the upload. */
  showWaiting(actions) {
    this.#enter("waiting", "Waiting to upload", actions);
  }

  showProgress(fraction, actions) {
    if (this.item.dataset.state !== "uploading") {
      this.#enter("uploading", "", actions);
      this.#progress.hidden = false;
    }
    this.#progress.value = fraction;
    this.#status.textContent = fraction < 1 ? `Uploading ${Math.floor(fraction * 100)} %` : "Checking";
  }

  showAccepted(accepted) {
    this.#facts.textContent =
      `${accepted.width} × ${accepted.height} ${accepted.format.toUpperCase()} · ${bytes(accepted.size)}`;
    this.#media.replaceChildren(places(Object.keys(accepted.links.thumbnails)));
  }

  showJob(job, accessKey, actions) {
    const [state, text] = STATUS[job.status];
    this.#enter(state, text, actions);
    if (job.status === "DONE") {
      const [list, tag] = thumbnails(job, accessKey);
      this.#media.replaceChildren(list);
      this.#actions.prepend(tag);
    }
  }

  /** The job goes on, but the page does not hear of it. */
  showLost() {
    this.#enter("lost", "Connection lost, asking again", []);
  }

  /** @param explanation of `messages.js` */
  showProblem(explanation, actions, state = "failed") {
    this.#enter(state, state === "failed" ? "Failed" : "Waiting", actions);
    if (state === "failed") {
      this.#media.replaceChildren();
    }
    this.#notice.replaceChildren(
      element("p", { class: "notice-title", textContent: explanation.title }),
      element("p", { class: "notice-text", textContent: sentences(explanation.detail, explanation.advice) }));
  }

  /** While the page waits before it tries again. */
  showCountdown(seconds) {
    this.#status.textContent = `Next try in ${seconds} s`;
  }

  get state() {
    return this.item.dataset.state;
  }

  #enter(state, text, actions = []) {
    const focusWasHere = this.#actions.contains(document.activeElement);
    this.item.dataset.state = state;
    this.#status.textContent = text;
    this.#progress.hidden = true;
    this.#notice.replaceChildren();
    this.#actions.replaceChildren(...actions.map(({ label, run, kind }) =>
      element("button", {
        type: "button",
        class: `small ${kind ?? ""}`,
        textContent: label,
        "aria-label": `${label}: ${this.name}`,
        onclick: run,
      })));
    if (focusWasHere) { // the pressed button is gone; the keyboard must not start again at the top
      (this.#actions.querySelector("button") ?? this.#focusable()).focus();
    }
  }

  #focusable() {
    this.item.tabIndex = -1;
    return this.item;
  }
}

/** The server's words and ours, each as a sentence. */
function sentences(...parts) {
  return parts
    .filter(Boolean)
    .map((part) => part[0].toUpperCase() + part.slice(1) + (/[.!?]$/.test(part) ? "" : "."))
    .join(" ");
}
