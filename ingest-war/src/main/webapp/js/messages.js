/**
 * What every error code means to the person at the page: a title, what to do, and what trying again
 * is good for. `wait`: the server will recover, so the page tries again by itself. `again`: the person
 * may try again. `never`: the same file will fail again.
 */
const MESSAGES = {
  "no-file": ["No file arrived", "Choose the file again.", "again"],
  "bad-request": ["The server did not understand this upload", "Reload the page and try again.", "again"],
  "unauthorized": ["This server needs an access key", "Enter a key to go on.", "key"],
  "forbidden": ["This key may not do that", "Use a key with more rights.", "key"],
  "not-found": ["This is gone", "It was deleted, or its time of keeping ended.", "never"],
  "method-not-allowed": ["The server does not take this", "Reload the page and try again.", "again"],
  "not-acceptable": ["The server cannot answer in this form", "Reload the page and try again.", "again"],
  "request-timeout": ["This upload took too long", "Check your connection and try again.", "again"],
  "idempotency-conflict": ["The server is still busy with the first try", "The page tries again by itself.", "wait"],
  "too-large": ["This file is too large", "Save it smaller and try that.", "never"],
  "unsupported-type": ["This is not an image we know", "Save it as JPEG, PNG or WebP.", "never"],
  "unreadable-image": ["This image is damaged", "Open it in an image program and save it again.", "never"],
  "truncated-image": ["Most of this image is missing", "Copy or download the file again and upload it whole.", "never"],
  "too-many-pixels": ["This image has too many pixels", "Scale it down and try that.", "never"],
  "decode-timeout": ["This image took too long to read", "Save it in a simpler form, such as JPEG.", "never"],
  "original-missing": ["The original is gone from storage", "Upload the file again.", "again"],
  "malformed-job": ["The server could not read this job", "Upload the file again.", "again"],
  "worker-lost": ["The workers fell silent over this image", "Try again.", "again"],
  "consumer-lost": ["The workers fell silent over this image", "Try again.", "again"],
  "rate-limited": ["Too many uploads at once", "The page goes on when the server allows it.", "wait"],
  "quota-exceeded": ["This key has used up its quota", "Try again later, or use another key.", "again"],
  "queue-full": ["The server has more work than it can take", "The page tries again by itself.", "wait"],
  "overloaded": ["The server is busy", "The page tries again by itself.", "wait"],
  "storage-unavailable": ["Storage cannot be reached", "The page tries again by itself.", "wait"],
  "queue-unavailable": ["The queue cannot be reached", "The page tries again by itself.", "wait"],
  "internal-error": ["Something failed on the server", "The fault is not yours. Try again.", "again"],
  "unreachable": ["The server cannot be reached", "Check your connection. The page tries again by itself.", "wait"],
  "removed": ["This job was deleted", "Upload the file again if you need it.", "again"],
};

/** A problem as `{title, advice, retry, detail}`; for an unknown code, the server's own words. */
export function explain(problem) {
  const known = MESSAGES[problem.code];
  const detail = problem.detail ?? "";
  if (!known) {
    return { title: problem.title ?? "This did not work", advice: "", retry: "again", detail };
  }
  const [title, advice, retry] = known;
  return { title, advice, retry, detail: retry === "wait" ? "" : detail }; // it says the same as the title
}
