package io.thumbnailer.ingest.admin;

import io.thumbnailer.messaging.Priority;
import io.thumbnailer.messaging.QueueStatistics;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The current state of the queue.
 *
 * @param backlog jobs waiting or in flight, by lane
 * @param inFlight jobs held by a worker
 * @param delayed jobs waiting for a retry
 * @param deadLetters jobs given up
 * @param oldestAgeSeconds age of the oldest job that is waiting or in flight; 0 if there is none
 * @param arrivalRate jobs accepted per second, over the last minute
 * @param serviceRate jobs that ended per second, over the last minute
 * @param workers the running workers
 * @param webhooks the queue of the webhook calls
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
   * @param count of workers; a killed worker is counted until its leases expire
   * @param capacity number of jobs that all of them can process at the same time
   */
  public record Workers(long count, long capacity) {}

  /**
   * Webhook calls.
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
