/**
 * Server-sent events over `fetch`. The browser's own EventSource cannot send a key, hides the
 * status of a refusal, and does not distinguish a stream that ended from one that was cut.
 */
import { call } from "./http.js";

/**
 * Opens a stream and yields its events as `{type, data, id, retry}` until it ends. Throws a Problem when
 * it is refused or cut, or an `AbortError` when it falls silent.
 *
 * @param patience time to wait for the first event of a new stream, in ms
 * @param silence longest silence of an open stream: the server sends a heartbeat every 15 s
 */
export async function* eventStream(path, { key, lastEventId, signal, patience = 5_000, silence = 45_000 }) {
  const watchdog = new Watchdog(silence, signal);
  watchdog.limit(lastEventId ? silence : patience);
  try {
    const headers = { Accept: "text/event-stream" };
    if (lastEventId) {
      headers["Last-Event-ID"] = lastEventId;
    }
    const response = await call(path, { key, headers, signal: watchdog.signal });
    if (response.status === 204) {
      return;
    }
    yield* parse(response.body.pipeThrough(new TextDecoderStream()), () => watchdog.fed());
  } finally {
    watchdog.stop();
  }
}

/** A dead connection looks like a silent one; the server's heartbeat distinguishes them. */
class Watchdog {
  constructor(silence, outer) {
    this.silence = silence;
    this.controller = new AbortController();
    this.signal = outer ? AbortSignal.any([outer, this.controller.signal]) : this.controller.signal;
  }

  /** Records that the connection is alive. */
  fed() {
    this.limit(this.silence);
  }

  /** Sets the time in ms within which the next bytes must arrive. */
  limit(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.controller.abort(), milliseconds);
  }

  /** Also ends the request if the reader stops early. */
  stop() {
    clearTimeout(this.timer);
    this.controller.abort();
  }
}

/** The format of the HTML standard, 9.2.6. */
async function* parse(chunks, onChunk) {
  let event = { type: "message", data: [] };
  for await (const line of lines(chunks, onChunk)) {
    if (line === "") {
      if (event.data.length > 0) {
        yield { ...event, data: event.data.join("\n") };
      }
      event = { type: "message", data: [] };
      continue;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") {
      event.data.push(value);
    } else if (field === "event") {
      event.type = value;
    } else if (field === "id") {
      event.id = value;
    } else if (field === "retry" && /^\d+$/.test(value)) {
      event.retry = Number(value);
    }
  }
}

async function* lines(chunks, onChunk) {
  const reader = chunks.getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      onChunk();
      if (done) {
        return;
      }
      // a line end may be cut between its CR and its LF, so a CR at the end waits for more
      const parts = (rest + value).split(/\r\n|\n|\r(?!$)/);
      rest = parts.pop();
      yield* parts;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
