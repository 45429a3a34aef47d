/**
 * Follows a job to its end by its event stream, and by polling while there is no stream. A browser keeps
 * about six connections to a server for all tabs together, so only a few jobs have a stream at a time; the
 * others are polled until one is free.
 */
import { call, Problem } from "./http.js";
import { eventStream } from "./event-stream.js";
import { TaskLimiter } from "./task-limiter.js";

const MAX_STREAMS = 1;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5_000;

/** How long polling continues after a stream failed before the next is tried, in ms. */
const STREAM_RETRY = 3_000;

let openStreams = 0;

/** A thousand jobs must not take all connections from uploads and images. */
const asking = new TaskLimiter(2);

/**
 * Yields `{job}` at each change and `{lost: Problem}` while the server is unreachable, and returns after
 * DONE or FAILED. Throws a Problem that a retry cannot solve.
 */
export async function* follow(id, { key, signal }) {
  const state = { lastEventId: undefined, seen: undefined, ended: false, lost: false, streamAfter: 0 };
  const path = `jobs/${encodeURIComponent(id)}`;
  let pause = FIRST_PAUSE;
  while (!state.ended) {
    // A resumed stream sends only newer events, so a lost job is requested first.
    if (!state.lost && openStreams < MAX_STREAMS && Date.now() >= state.streamAfter) {
      yield* stream(path, state, key, signal);
      if (state.ended) {
        return;
      }
      state.streamAfter = Date.now() + STREAM_RETRY;
      pause = FIRST_PAUSE;
    }
    yield* ask(path, state, key, signal);
    if (!state.ended) {
      await sleep(pause, signal);
      pause = Math.min(pause * 1.5, LONGEST_PAUSE);
    }
  }
}

async function* stream(path, state, key, signal) {
  openStreams++;
  try {
    for await (const event of eventStream(`${path}/events`, { key: key(), lastEventId: state.lastEventId, signal })) {
      if (event.type === "removed") {
        throw new Problem({ code: "removed" });
      }
      if (event.type === "message") {
        state.lastEventId = event.id ?? state.lastEventId;
        yield* changed(JSON.parse(event.data), state);
        if (state.ended) {
          return;
        }
      }
    }
  } catch (error) {
    if (signal.aborted || error.code === "removed") {
      throw error;
    }
    // A request finds out what is wrong, if anything: a failed stream is not a failed job.
  } finally {
    openStreams--;
  }
}

async function* ask(path, state, key, signal) {
  try {
    const response = await asking.run(signal, () => call(path, { key: key(), signal }));
    const job = await response.json();
    state.lost = false;
    yield* changed(job, state);
  } catch (error) {
    if (signal.aborted || !canWait(error)) {
      throw error;
    }
    state.lost = true;
    state.seen = undefined;
    yield { lost: error };
    await sleep((error.retryAfter ?? 0) * 1000, signal);
  }
}

/** Whether the failure may be temporary. */
function canWait(error) {
  return !(error instanceof Problem) || !["unauthorized", "forbidden", "not-found"].includes(error.code);
}

function* changed(job, state) {
  const version = `${job.status} ${job.attempts} ${job.updatedAt}`;
  state.ended = job.status === "DONE" || job.status === "FAILED";
  if (version !== state.seen) {
    state.seen = version;
    yield { job };
  }
}

function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}
