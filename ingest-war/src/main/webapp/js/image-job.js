/** One image that is sent, followed, and retried where that helps. Independent of the page's elements. */
import { askForKey } from "./access-key.js";
import { check } from "./file-check.js";
import { follow } from "./follow.js";
import { call, Problem } from "./http.js";
import { explain } from "./messages.js";
import { TaskLimiter } from "./task-limiter.js";
import { upload } from "./upload.js";

/** A browser keeps six connections to a server; two stay free for events and images. */
export const uploads = new TaskLimiter(4);

/** The number of automatic retries, and the pauses in s if the server names none. */
const MOST_TRIES = 8;
const PAUSES = [2, 4, 8, 15, 30];

const FOLLOWED = { QUEUED: "queued", PROCESSING: "processing", RETRYING: "retrying", DONE: "done" };

export class ImageJob {
  #accessKey;
  #changed;
  #abort = new AbortController();
  #skipPause;

  /**
   * @param file to be sent; missing for a job of the history
   * @param entry of the history; missing for a new file
   * @param offer of `GET /capabilities`, and `fields` of the form
   * @param changed is called with this job after every change
   */
  constructor({ file, entry, offer, fields, accessKey, changed }) {
    this.file = file;
    this.id = entry?.id;
    this.name = entry?.name ?? (file.name || "pasted image");
    this.size = entry?.size ?? file.size;
    this.at = entry?.at ?? Date.now();
    this.offer = offer;
    this.fields = fields;
    this.state = "waiting";
    this.progress = 0;
    this.#accessKey = accessKey;
    this.#changed = changed;
  }

  get ended() {
    return this.state === "done" || this.state === "failed";
  }

  /** Whether leaving the page would lose it: it has not reached the server. */
  get unsent() {
    return !this.ended && this.id === undefined;
  }

  get renditions() {
    return Object.entries(this.job?.renditions ?? {})
      .map(([name, rendition]) => ({ name, ...rendition }))
      .sort((a, b) => a.width * a.height - b.width * b.height);
  }

  get warnings() {
    return this.job?.warnings ?? [];
  }

  /** Starts from the beginning: a retry of a failed job creates another job. */
  async run() {
    this.replaced = this.id;
    this.id = undefined;
    this.job = undefined;
    await this.#guard(async (signal) => {
      await check(this.file, this.offer);
      const accepted = await this.#send(crypto.randomUUID?.() ?? randomName(), signal);
      this.id = accepted.id;
      this.job = { ...accepted, renditions: {} };
      this.#enter("queued");
      await this.#follow(signal);
    });
  }

  /** Resumes a job of the history. */
  async resume() {
    await this.#guard((signal) => this.#follow(signal));
  }

  /** The label of a failed job's button; undefined if a retry cannot help. */
  get again() {
    if (this.state !== "failed" || this.explanation.retry === "never") {
      return undefined;
    }
    if (this.explanation.retry === "key") {
      return "Enter a key";
    }
    return this.file || this.id ? "Try again" : undefined;
  }

  async tryAgain() {
    if (this.explanation?.retry === "key" && !(await askForKey(this.#accessKey, `${this.explanation.title}.`))) {
      return;
    }
    if (this.file) {
      await this.run();
    } else {
      await this.resume();
    }
  }

  /** Ends the pause before the next attempt. */
  tryNow() {
    this.#skipPause?.();
  }

  /** Stops the work on this page. A job on the server continues. */
  stop() {
    this.#abort.abort();
  }

  /** Deletes the job on the server; also when the page is being left. */
  async delete() {
    if (this.id) {
      await call(`jobs/${this.id}`, { method: "DELETE", key: this.#accessKey.value, keepalive: true });
    }
  }

  async #guard(run) {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#enter(this.id ? "queued" : "waiting");
    try {
      await run(signal);
    } catch (error) {
      if (!signal.aborted) {
        this.#fail(error);
      }
    }
  }

  async #send(idempotencyKey, signal) {
    for (let tries = 1; ; tries++) {
      try {
        this.#enter("waiting");
        return await uploads.run(signal, () => {
          this.progress = 0;
          this.#enter("uploading");
          return upload(this.file, {
            key: this.#accessKey.value,
            fields: this.fields,
            idempotencyKey,
            signal,
            onProgress: (fraction) => {
              this.progress = fraction;
              this.#changed(this);
            },
          });
        });
      } catch (error) {
        if (signal.aborted || !(error instanceof Problem)) {
          throw error;
        }
        const explanation = explain(error);
        const pause = error.retryAfter ?? PAUSES[Math.min(tries, PAUSES.length) - 1];
        if (explanation.retry === "wait" && tries < MOST_TRIES) {
          uploads.slowDown(pause);
          await this.#wait(explanation, pause, signal);
        } else if (explanation.retry !== "key" || !(await askForKey(this.#accessKey, `${explanation.title}.`))) {
          throw error;
        }
      }
    }
  }

  /** Waits until the pause is over or the user skips it. */
  #wait(explanation, pause, signal) {
    return new Promise((resolve, reject) => {
      const finish = () => {
        clearInterval(timer);
        window.removeEventListener("online", skip);
        this.#skipPause = undefined;
        resolve();
      };
      const skip = () => {
        uploads.goOn();
        finish();
      };
      const timer = setInterval(() => {
        this.secondsLeft--;
        if (this.secondsLeft <= 0) {
          finish();
        } else {
          this.#changed(this);
        }
      }, 1000);
      signal.addEventListener("abort", () => {
        clearInterval(timer);
        reject(signal.reason);
      }, { once: true });
      window.addEventListener("online", skip, { once: true });
      this.#skipPause = skip;
      this.secondsLeft = pause;
      this.#enter("paused", explanation);
    });
  }

  async #follow(signal) {
    for await (const { job, lost } of follow(this.id, { key: () => this.#accessKey.value, signal })) {
      if (lost) {
        this.#enter("lost");
        continue;
      }
      this.job = job;
      this.name = this.file ? this.name : job.filename ?? this.name; // a form changes some characters
      this.size = job.size ?? this.size;
      if (job.status === "FAILED") {
        throw new Problem(job.error ?? { code: "internal-error" });
      }
      this.#enter(FOLLOWED[job.status]);
    }
  }

  #fail(error) {
    if (!(error instanceof Problem)) {
      console.error(error);
    }
    this.#enter("failed", explain(error instanceof Problem ? error : { code: "internal-error" }));
  }

  #enter(state, explanation) {
    this.state = state;
    this.explanation = explanation;
    this.#changed(this);
  }
}

/** Pages served over plain HTTP from another machine have no `randomUUID`. */
function randomName() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
