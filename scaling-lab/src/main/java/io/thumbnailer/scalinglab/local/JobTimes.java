package io.thumbnailer.scalinglab.local;

import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessageRecord;
import io.thumbnailer.scalinglab.upload.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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
  private static Optional<JobTimes> of(MessageRecord record, Instant zero) {
    return record
        .deliveredAt()
        .map(
            delivered ->
                new JobTimes(
                    seconds(zero, record.sentAt()),
                    seconds(zero, delivered),
                    record.endedAt().map(e -> seconds(zero, e)).orElse(Double.NaN)));
  }

  /**
   * The times of the uploads whose jobs are done, in the order of the queue.
   *
   * @param zero the start of the run
   */
  public static List<JobTimes> ofDone(MessageBrowser queue, List<Accepted> uploads, Instant zero) {
    return uploads.stream()
        .flatMap(upload -> queue.find(upload.jobId()).stream())
        .flatMap(record -> of(record, zero).stream())
        .filter(JobTimes::done)
        .sorted(Comparator.comparingDouble(JobTimes::sent))
        .toList();
  }

  /** The wait in seconds that {@code percent} of the jobs did not exceed; NaN without a job. */
  public static double waitSeconds(List<JobTimes> jobs, double percent) {
    double[] waits = jobs.stream().mapToDouble(JobTimes::waited).sorted().toArray();
    int place = (int) Math.max(0, Math.ceil(percent / 100 * waits.length) - 1);
    return waits.length == 0 ? Double.NaN : Math.max(0, waits[place]);
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
