package io.thumbnailer.job;

import io.thumbnailer.messaging.MessageState;

/** The status of a job. */
public enum JobStatus {
  /** Accepted, waiting for a worker. */
  QUEUED,
  /** A worker is processing the job. */
  PROCESSING,
  /** An attempt failed or its worker died; the job will be retried. */
  RETRYING,
  /** All thumbnails are stored. */
  DONE,
  /** The job will not be retried automatically. */
  FAILED;

  /**
   * The status for a state of the job's message.
   *
   * @throws IllegalArgumentException for {@link MessageState#REMOVED}: the job no longer exists
   */
  public static JobStatus of(MessageState state) {
    return switch (state) {
      case QUEUED -> QUEUED;
      case DELIVERED -> PROCESSING;
      case RETRYING -> RETRYING;
      case ACKNOWLEDGED -> DONE;
      case DEAD, EXPIRED -> FAILED;
      case REMOVED -> throw new IllegalArgumentException("a removed message is not a job");
    };
  }

  /** Whether the status will no longer change by itself. */
  public boolean ended() {
    return this == DONE || this == FAILED;
  }
}
