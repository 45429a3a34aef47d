/** The texts about a job, the same on its tile and in the details. */
import { bytes } from "./format.js";

const STATES = {
  waiting: () => "Waiting to upload",
  uploading: (job) => (job.progress < 1 ? `Uploading ${Math.floor(job.progress * 100)} %` : "Checking"),
  paused: (job) => `Next try in ${job.secondsLeft} s`,
  queued: () => "Waiting for a worker",
  processing: () => "Making thumbnails",
  retrying: () => "Failed, will be retried",
  lost: () => "Connection lost, reconnecting",
  done: () => "Done",
  failed: (job) => job.explanation?.title ?? "Failed",
};

const WARNINGS = {
  truncated: "The file is cut off: part of the image is missing.",
};

export function statusOf(job) {
  return STATES[job.state](job);
}

/** `2400 × 1600 JPEG · 1.2 MB`, as far as it is known. */
export function factsOf(job) {
  const { width, height, format } = job.job ?? {};
  return [width ? `${width} × ${height} ${(format ?? "").toUpperCase()}` : "", bytes(job.size)].filter(Boolean).join(" · ");
}

/** The warnings about an image, one sentence each. */
export function warningsOf(job) {
  return job.warnings.map((warning) => {
    const code = typeof warning === "string" ? warning : warning.code;
    return WARNINGS[code] ?? `The server warns: ${code.replaceAll("-", " ")}.`;
  });
}

/** The server's and the page's texts, each as a sentence. */
export function sentences(...parts) {
  return parts
    .filter(Boolean)
    .map((part) => part[0].toUpperCase() + part.slice(1) + (/[.!?]$/.test(part) ? "" : "."))
    .join(" ");
}
