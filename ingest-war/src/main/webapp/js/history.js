/**
 * The jobs that this browser has sent, stored in `localStorage` so that they survive a reload and are
 * shared by tabs. Each tab reads before it writes.
 */
const KEPT = "thumbnailer.jobs";
const MOST_ENDED = 200;
const RECENT = 60 * 60_000;
const MOST = 2_000;

export class JobHistory {
  #changed;
  #pending = new Map();
  #timer;

  /** @param changed is called with the entries when another tab has changed them */
  constructor(changed) {
    this.#changed = changed;
    window.addEventListener("storage", (event) => {
      if (event.key === KEPT || event.key === null) {
        this.#changed(this.entries());
      }
    });
    window.addEventListener("pagehide", () => this.flush());
  }

  /** `{id, name, size, at, ended}`, newest first. */
  entries() {
    return read().sort((a, b) => b.at - a.at);
  }

  /** Adds or changes an entry. Writes are batched, because a thousand jobs change often. */
  put(entry) {
    this.#pending.set(entry.id, entry);
    this.#timer ??= setTimeout(() => this.flush(), 300);
  }

  /** Removes entries. */
  remove(ids) {
    for (const id of ids) {
      this.#pending.set(id, null);
    }
    this.flush();
  }

  /** Writes pending entries. */
  flush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pending.size === 0) {
      return;
    }
    const all = new Map(read().map((entry) => [entry.id, entry]));
    for (const [id, entry] of this.#pending) {
      if (entry) {
        all.set(id, entry);
      } else {
        all.delete(id);
      }
    }
    this.#pending.clear();
    try {
      localStorage.setItem(KEPT, JSON.stringify(trimmed([...all.values()])));
    } catch {
      // a full or forbidden storage: this page still follows its jobs
    }
  }
}

/** All running or recently ended jobs, and the newest of the others. */
function trimmed(entries) {
  const since = Date.now() - RECENT;
  let old = 0;
  return entries
    .sort((a, b) => b.at - a.at)
    .filter((entry) => (entry.ended && entry.at < since ? ++old <= MOST_ENDED : true))
    .slice(0, MOST);
}

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT));
    return Array.isArray(kept) ? kept.filter((entry) => typeof entry?.id === "string" && typeof entry.name === "string") : [];
  } catch {
    return [];
  }
}
