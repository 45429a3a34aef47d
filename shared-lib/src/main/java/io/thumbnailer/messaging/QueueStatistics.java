package io.thumbnailer.messaging;

import java.time.Duration;
import java.util.Map;

/**
 * The size of a queue at one moment.
 *
 * @param backlog messages waiting or in flight, per lane
 * @param inFlight messages whose lease a consumer holds
 * @param delayed messages waiting for a retry or a delivery delay
 * @param deadLetters messages in the dead letters
 * @param oldestAge time since the oldest message that is waiting or in flight entered its lane;
 *     zero when there is none
 * @param arrivalRate messages sent or replayed per second, over the last minute
 * @param serviceRate messages that left the queue per second (acknowledged, dead or expired), over
 *     the last minute
 * @param consumers number of running consumers; a killed consumer is counted until its leases would
 *     have expired
 * @param capacity number of messages that these consumers can process at the same time
 */
public record QueueStatistics(
    Map<Priority, Long> backlog,
    long inFlight,
    long delayed,
    long deadLetters,
    Duration oldestAge,
    double arrivalRate,
    double serviceRate,
    long consumers,
    long capacity) {

  public QueueStatistics {
    backlog = Map.copyOf(backlog);
  }

  /** Messages waiting or in flight in all lanes. */
  public long totalBacklog() {
    return backlog.values().stream().mapToLong(Long::longValue).sum();
  }
}
