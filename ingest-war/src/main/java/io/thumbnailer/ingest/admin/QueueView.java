package io.thumbnailer.ingest.admin;

import io.thumbnailer.messaging.Priority;
import io.thumbnailer.messaging.QueueStatistics;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The queue at this moment.
 *
 * @param backlog jobs waiting or in flight, by lane
 * @param inFlight jobs that a worker has
 * @param delayed jobs waiting for a retry
 * @param deadLetters jobs given up
 * @param oldestAgeSeconds age of the oldest job waiting or in flight; 0 when there is none
 * @param arrivalRate jobs that came per second, over the last minute
 * @param serviceRate jobs that ended per second, over the last minute
 */
public record QueueView(
    Map<String, Long> backlog,
    long inFlight,
    long delayed,
    long deadLetters,
    double oldestAgeSeconds,
    double arrivalRate,
    double serviceRate) {

  static final String EXAMPLE =
      """
      {"backlog":{"high":0,"normal":42,"low":7},"inFlight":8,"delayed":1,"deadLetters":2,
       "oldestAgeSeconds":3.2,"arrivalRate":5.0,"serviceRate":4.8}""";

  static QueueView of(QueueStatistics statistics) {
    Map<String, Long> backlog = new LinkedHashMap<>();
    for (Priority lane : Priority.values()) {
      backlog.put(
          lane.name().toLowerCase(Locale.ROOT), statistics.backlog().getOrDefault(lane, 0L));
    }
    return new QueueView(
        backlog,
        statistics.inFlight(),
        statistics.delayed(),
        statistics.deadLetters(),
        statistics.oldestAge().toMillis() / 1000.0,
        statistics.arrivalRate(),
        statistics.serviceRate());
  }
}
