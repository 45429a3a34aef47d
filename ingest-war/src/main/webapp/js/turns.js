/** Lets few tasks run at a time, first come, first served. */
export class Turns {
  #free;
  #waiting = [];

  constructor(atOnce) {
    this.#free = atOnce;
  }

  /** Waits for a turn, runs the task, and gives the turn back. Leaves the line when aborted. */
  async run(signal, task) {
    await this.#take(signal);
    try {
      return await task();
    } finally {
      this.#give();
    }
  }

  #take(signal) {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve);
      signal.addEventListener("abort", () => {
        const place = this.#waiting.indexOf(resolve);
        if (place >= 0) {
          this.#waiting.splice(place, 1);
          reject(signal.reason);
        }
      }, { once: true });
    });
  }

  #give() {
    const next = this.#waiting.shift();
    if (next) {
      next();
    } else {
      this.#free++;
    }
  }
}
