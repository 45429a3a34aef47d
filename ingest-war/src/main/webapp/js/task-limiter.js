/**
 * Limits concurrent tasks, first come, first served. After a refusal fewer tasks run and all wait for a
 * while; each success raises the limit a little, up to the maximum.
 */
export class TaskLimiter {
  #most;
  #allowed;
  #running = 0;
  #waiting = [];
  #pausedUntil = 0;

  constructor(most) {
    this.#most = most;
    this.#allowed = most;
  }

  get running() {
    return this.#running;
  }

  /** The current limit. */
  get allowed() {
    return Math.floor(this.#allowed);
  }

  /** Waits for a permit, runs the task, and releases the permit. Stops waiting if aborted. */
  async run(signal, task) {
    await this.#take(signal);
    try {
      const result = await task();
      this.#allowed = Math.min(this.#most, this.#allowed + 0.25);
      return result;
    } finally {
      this.#running--;
      this.#next();
    }
  }

  /** The server has refused a request: halves the limit and pauses for a number of seconds. */
  slowDown(seconds) {
    this.#allowed = Math.max(1, this.#allowed / 2);
    this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + seconds * 1000);
    setTimeout(() => this.#next(), seconds * 1000 + 10);
  }

  /** The user skips the pause. */
  goOn() {
    this.#pausedUntil = 0;
    this.#next();
  }

  #take(signal) {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const entry = { resolve };
      this.#waiting.push(entry);
      signal.addEventListener("abort", () => {
        const place = this.#waiting.indexOf(entry);
        if (place >= 0) {
          this.#waiting.splice(place, 1);
          reject(signal.reason);
        }
      }, { once: true });
      this.#next();
    });
  }

  #next() {
    while (this.#waiting.length > 0 && this.#running < this.allowed && Date.now() >= this.#pausedUntil) {
      this.#running++;
      this.#waiting.shift().resolve();
    }
  }
}
