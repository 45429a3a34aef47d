/**
 * What each error code means to a user: a title, a remedy, and whether to retry. `wait`: the failure is
 * temporary, so the page retries automatically. `again`: the user may retry. `never`: the same file
 * will fail again.
 */
const MESSAGES = {
  "no-file": ["No file arrived", "Choose the file again.", "again"],
  "bad-request": ["The server rejected this upload", "Reload the page and try again.", "again"],
  "unauthorized": ["This server needs an access key", "Enter a key to continue.", "key"],
  "forbidden": ["This key does not allow that", "Use a key with more rights.", "key"],
  "not-found": ["This no longer exists", "It was deleted, or its retention time is over.", "never"],
  "method-not-allowed": ["The server does not support this request", "Reload the page and try again.", "again"],
  "not-acceptable": ["The server cannot respond in this format", "Reload the page and try again.", "again"],
  "request-timeout": ["This upload took too long", "Check your connection and try again.", "again"],
  "idempotency-conflict": ["The server is still processing the first attempt", "The page retries automatically.", "wait"],
  "too-large": ["This file is too large", "Make the file smaller and try again.", "never"],
  "unsupported-type": ["This image format is not supported", "Save it as JPEG, PNG or WebP.", "never"],
  "unreadable-image": ["This image is damaged", "Open it in an image program and save it again.", "never"],
  "worker-killed": ["This image could not be processed", "Convert it, or upload another copy.", "never"],
  "truncated-image": ["Most of this image is missing", "Copy or download the file again, and upload the complete file.", "never"],
  "too-many-pixels": ["This image has too many pixels", "Scale it down and try again.", "never"],
  "decode-timeout": ["This image took too long to read", "Save it in a simpler format, such as JPEG.", "never"],
  "original-missing": ["The original is no longer in storage", "Upload the file again.", "again"],
  "malformed-job": ["The server could not read this job", "Upload the file again.", "again"],
  "worker-lost": ["The workers stopped responding while processing this image", "Try again.", "again"],
  "consumer-lost": ["The workers stopped responding while processing this image", "Try again.", "again"],
  "rate-limited": ["Too many uploads at once", "The page continues when the server allows it.", "wait"],
  "quota-exceeded": ["This key has used up its quota", "Try again later, or use another key.", "again"],
  "queue-full": ["The queue is full", "The page retries automatically.", "wait"],
  "overloaded": ["The server is busy", "The page retries automatically.", "wait"],
  "storage-unavailable": ["Storage is unavailable", "The page retries automatically.", "wait"],
  "queue-unavailable": ["The queue is unavailable", "The page retries automatically.", "wait"],
  "internal-error": ["An error occurred on the server", "Try again.", "again"],
  "unreachable": ["The server cannot be reached", "Check your connection. The page retries automatically.", "wait"],
  "unreadable-file": ["This file cannot be read", "It may have been moved or deleted. Choose it again.", "never"],
  "removed": ["This job was deleted", "Upload the file again if you need it.", "again"],
};

/** A problem as `{title, advice, retry, detail}`; for an unknown code, the server's own words. */
export function explain(problem) {
  const known = MESSAGES[problem.code];
  const detail = problem.detail ?? "";
  if (!known) {
    return { title: problem.title ?? "The request failed", advice: "", retry: "again", detail };
  }
  const [title, advice, retry] = known;
  return { title, advice, retry, detail: retry === "wait" ? "" : detail }; // it says the same as the title
}
