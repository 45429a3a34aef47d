package io.thumbnailer.job;

import io.thumbnailer.messaging.MessageState;

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

  /**
   * The status that the state of a job's message means.
   *
   * @throws IllegalArgumentException for {@link MessageState#REMOVED}: there is no job any more
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

  /** Whether the status will not change any more on its own. */
  public boolean ended() {
    return this == DONE || this == FAILED;
  }
}
