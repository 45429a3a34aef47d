package io.thumbnailer.ingest.admin;

import io.thumbnailer.messaging.QueueMaintenance;
import io.thumbnailer.messaging.QueueSample;
import io.thumbnailer.messaging.QueueStatistics;
import java.time.Instant;
import java.util.List;

/**
 * The queue over the last hour.
 *
 * @param intervalSeconds time between two samples
 * @param samples oldest first; none for times at which no ingest server ran
 */
public record QueueHistoryView(long intervalSeconds, List<Sample> samples) {
  static final String EXAMPLE =
      """
      {"intervalSeconds":5,"samples":[
        {"at":"2026-11-24T10:00:00Z","backlog":49,"inFlight":8,"delayed":1,"deadLetters":2,
         "oldestAgeSeconds":3.2,"arrivalRate":5.0,"serviceRate":4.8,"workers":4,"capacity":8}]}\
      """;

  public QueueHistoryView {
    samples = List.copyOf(samples);
  }

  /**
   * The queue at a moment.
   *
   * @param at the moment
   * @param backlog jobs waiting or in flight, in all lanes
   * @param inFlight jobs held by a worker
   * @param delayed jobs waiting for a retry
   * @param deadLetters jobs given up
   * @param oldestAgeSeconds age of the oldest job that is waiting or in flight; 0 if there is none
   * @param arrivalRate jobs accepted per second, in the preceding interval
   * @param serviceRate jobs that ended per second, in the preceding interval
   * @param workers that take jobs
   * @param capacity number of jobs that all of them can process at the same time
   */
  public record Sample(
      Instant at,
      long backlog,
      long inFlight,
      long delayed,
      long deadLetters,
      double oldestAgeSeconds,
      double arrivalRate,
      double serviceRate,
      long workers,
      long capacity) {

    static Sample of(QueueSample sample) {
      QueueStatistics s = sample.statistics();
      return new Sample(
          sample.at(),
          s.totalBacklog(),
          s.inFlight(),
          s.delayed(),
          s.deadLetters(),
          s.oldestAge().toMillis() / 1000.0,
          s.arrivalRate(),
          s.serviceRate(),
          s.consumers(),
          s.capacity());
    }
  }

  static QueueHistoryView of(List<QueueSample> samples) {
    return new QueueHistoryView(
        QueueMaintenance.SAMPLE_INTERVAL.toSeconds(), samples.stream().map(Sample::of).toList());
  }
}
