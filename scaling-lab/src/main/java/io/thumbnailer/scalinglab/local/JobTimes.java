package io.thumbnailer.scalinglab.local;

import io.thumbnailer.messaging.MessageRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A job's times as the queue recorded them, in seconds since the run's start.
 *
 * @param sent when it was put into the queue
 * @param began when the last delivery began
 * @param ended when it was acknowledged; NaN while it is not
 */
public record JobTimes(double sent, double began, double ended) {
  /** The times of a message that has been delivered, since {@code zero}; otherwise empty. */
  public static Optional<JobTimes> of(MessageRecord record, Instant zero) {
    return record
        .deliveredAt()
        .map(
            delivered ->
                new JobTimes(
                    seconds(zero, record.sentAt()),
                    seconds(zero, delivered),
                    record.endedAt().map(e -> seconds(zero, e)).orElse(Double.NaN)));
  }

  private static double seconds(Instant zero, Instant time) {
    return Duration.between(zero, time).toMillis() / 1000.0;
  }

  /** Seconds from the queue to the start of the work. */
  public double waited() {
    return began - sent;
  }

  /** Seconds of work. */
  public double worked() {
    return ended - began;
  }

  /** Whether it ended. */
  public boolean done() {
    return !Double.isNaN(ended);
  }
}
