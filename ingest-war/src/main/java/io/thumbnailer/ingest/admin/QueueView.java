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
 * @param workers those that take jobs
 * @param webhooks the queue of the calls to webhooks
 */
public record QueueView(
    Map<String, Long> backlog,
    long inFlight,
    long delayed,
    long deadLetters,
    double oldestAgeSeconds,
    double arrivalRate,
    double serviceRate,
    Workers workers,
    Webhooks webhooks) {

  /**
   * The workers.
   *
   * @param count of workers; one that is killed is counted until its leases end
   * @param capacity jobs that all of them can have in work at the same time
   */
  public record Workers(long count, long capacity) {}

  /**
   * Calls to webhooks.
   *
   * @param backlog calls waiting or in flight
   * @param delayed calls waiting for a retry
   * @param deadLetters calls given up
   */
  public record Webhooks(long backlog, long delayed, long deadLetters) {}

  static final String EXAMPLE =
      """
      {"backlog":{"high":0,"normal":42,"low":7},"inFlight":8,"delayed":1,"deadLetters":2,
       "oldestAgeSeconds":3.2,"arrivalRate":5.0,"serviceRate":4.8,
       "workers":{"count":4,"capacity":8},
       "webhooks":{"backlog":1,"delayed":1,"deadLetters":0}}""";

  static QueueView of(QueueStatistics statistics, QueueStatistics webhooks) {
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
        statistics.serviceRate(),
        new Workers(statistics.consumers(), statistics.capacity()),
        new Webhooks(webhooks.totalBacklog(), webhooks.delayed(), webhooks.deadLetters()));
  }
}
