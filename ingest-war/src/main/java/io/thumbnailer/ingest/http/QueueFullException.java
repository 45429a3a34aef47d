package io.thumbnailer.ingest.http;

/** The backlog has reached its limit. */
public class QueueFullException extends ProblemException {
  private final long retryAfter;

  /** Creates an exception with the seconds until there should be room again. */
  public QueueFullException(long retryAfter) {
    super(ProblemCode.QUEUE_FULL, "the queue is full; try again in " + retryAfter + " s");
    this.retryAfter = retryAfter;
  }

  /** Seconds, at least 1. */
  public long retryAfter() {
    return retryAfter;
  }
}
