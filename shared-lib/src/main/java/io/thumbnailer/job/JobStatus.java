package io.thumbnailer.job;

/** Where a job is in its life. */
public enum JobStatus {
  /** Accepted, waiting for a worker. */
  QUEUED,
  /** A worker has it. */
  PROCESSING,
  /** An attempt failed or its worker died; it will be tried again. */
  RETRYING,
  /** All thumbnails are stored. */
  DONE,
  /** It will not be tried again on its own. */
  FAILED;

  /** Whether the status will not change any more on its own. */
  public boolean ended() {
    return this == DONE || this == FAILED;
  }
}
