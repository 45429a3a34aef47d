/** Brings one file through its whole way, and tries again where that helps. */
import { askForKey } from "./access-key.js";
import { announce } from "./dom.js";
import { count } from "./format.js";
import { follow } from "./follow.js";
import { call, Problem } from "./http.js";
import { JobCard } from "./job-card.js";
import { explain } from "./messages.js";
import { Turns } from "./turns.js";
import { upload } from "./upload.js";

/** Leaves connections for events, pictures and the person's own clicks. */
const uploads = new Turns(2);

/** How often the page tries again by itself, and its pauses in s where the server names none. */
const MOST_TRIES = 8;
const PAUSES = [2, 4, 8, 15, 30];

export class ImageJob {
  #file;
  #accessKey;
  #changed;
  #abort = new AbortController();

  /** @param changed is called after every change of state, and with `true` when the job leaves */
  constructor(file, accessKey, changed) {
    this.#file = file;
    this.#accessKey = accessKey;
    this.#changed = changed;
    this.card = new JobCard(file);
    this.original = file.size;
    this.thumbnailBytes = 0;
  }

  get ended() {
    return this.card.state === "done" || this.card.state === "failed";
  }

  /** From the start, under a new name: a job that failed is another job when it is tried again. */
  async run() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    try {
      const accepted = await this.#send(crypto.randomUUID?.() ?? randomName(), signal);
      this.id = accepted.id;
      this.card.showAccepted(accepted);
      await this.#follow(signal);
    } catch (error) {
      if (!signal.aborted) {
        this.#fail(error);
      }
    }
  }

  /** Stops what goes on here, and takes the card away. The job on the server is left alone. */
  leave() {
    this.#abort.abort();
    this.card.item.remove();
    this.#changed(true);
  }

  async #send(idempotencyKey, signal) {
    for (let tries = 1; ; tries++) {
      try {
        this.card.showWaiting([this.#cancel()]);
        this.#changed();
        return await uploads.run(signal, () => upload(this.#file, {
          key: this.#accessKey.value,
          idempotencyKey,
          signal,
          onProgress: (fraction) => this.card.showProgress(fraction, [this.#cancel()]),
        }));
      } catch (error) {
        if (signal.aborted || !(error instanceof Problem)) {
          throw error;
        }
        const explanation = explain(error);
        const goOn = explanation.retry === "wait" && tries < MOST_TRIES
          ? this.#wait(explanation, error.retryAfter ?? PAUSES[Math.min(tries, PAUSES.length) - 1], signal)
          : explanation.retry === "key" && await askForKey(this.#accessKey, `${explanation.title}.`);
        if (!(await goOn)) {
          throw error;
        }
      }
    }
  }

  /** Resolves to true when the pause is over or the person is impatient. */
  #wait(explanation, pause, signal) {
    return new Promise((resolve, reject) => {
      let left = pause;
      const finish = () => {
        clearInterval(timer);
        resolve(true);
      };
      const timer = setInterval(() => {
        left--;
        if (left <= 0) {
          finish();
        } else {
          this.card.showCountdown(left);
        }
      }, 1000);
      signal.addEventListener("abort", () => {
        clearInterval(timer);
        reject(signal.reason);
      }, { once: true });
      this.card.showProblem(explanation, [{ label: "Try now", run: finish }, this.#cancel()], "paused");
      this.card.showCountdown(left);
      announce(`${this.card.name}: ${explanation.title}`);
      this.#changed();
    });
  }

  async #follow(signal) {
    for await (const { job, lost } of follow(this.id, { key: () => this.#accessKey.value, signal })) {
      if (lost) {
        this.card.showLost();
      } else if (job.status === "FAILED") {
        throw new Problem(job.error ?? { code: "internal-error" });
      } else {
        this.card.showJob(job, this.#accessKey, job.status === "DONE" ? [this.#delete(), this.#dismiss()] : []);
        if (job.status === "DONE") {
          this.#done(job);
        }
      }
      this.#changed();
    }
  }

  #done(job) {
    const renditions = Object.values(job.renditions);
    this.original = job.size;
    this.thumbnailBytes = renditions.reduce((sum, rendition) => sum + rendition.bytes, 0);
    announce(`${this.card.name}: done, ${count(renditions.length, "thumbnail")}`);
  }

  #fail(error) {
    if (!(error instanceof Problem)) {
      console.error(error);
    }
    const explanation = explain(error instanceof Problem ? error : { code: "internal-error" });
    const again = { label: explanation.retry === "key" ? "Enter a key" : "Try again", run: () => this.#again(explanation) };
    this.card.showProblem(explanation, explanation.retry === "never" ? [this.#dismiss()] : [again, this.#dismiss()]);
    announce(`${this.card.name}: ${explanation.title}`);
    this.#changed();
  }

  async #again(explanation) {
    if (explanation.retry !== "key" || (await askForKey(this.#accessKey, `${explanation.title}.`))) {
      await this.run();
    }
  }

  async #remove() {
    try {
      await call(`jobs/${this.id}`, { method: "DELETE", key: this.#accessKey.value });
      announce(`${this.card.name}: deleted`);
      this.leave();
    } catch (error) {
      if (error.code === "not-found") {
        this.leave();
      } else {
        const explanation = explain(error);
        this.card.showProblem(explanation, [this.#delete(), this.#dismiss()]);
        announce(`${this.card.name}: ${explanation.title}`);
      }
    }
  }

  #cancel() {
    return { label: "Cancel", run: () => this.leave(), kind: "quiet" };
  }

  #dismiss() {
    return { label: "Dismiss", run: () => this.leave(), kind: "quiet" };
  }

  #delete() {
    return { label: "Delete", run: () => this.#remove(), kind: "quiet danger" };
  }
}

/** Pages by plain HTTP from another machine have no `randomUUID`. */
function randomName() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
