package io.thumbnailer.ingest.observe;

import io.thumbnailer.messaging.CachedStatistics;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.messaging.QueueStatistics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * The size of the queue as gauges. They are in ingest and not in the workers, so that they exist
 * when workers are scaled to zero. NaN while the queue is unreachable.
 */
@Singleton
public class QueueGauges {
  private final MetricRegistry registry;
  private final CachedStatistics queue;

  /** Uses the application's metrics and the queue of the jobs. */
  @Inject
  public QueueGauges(MetricRegistry registry, CachedStatistics queue) {
    this.registry = registry;
    this.queue = queue;
  }

  /** Registers the gauges. */
  public void register() {
    for (Priority lane : Priority.values()) {
      gauge(
          "thumbnailer_queue_backlog",
          "Jobs waiting or in flight, by lane",
          s -> s.backlog().getOrDefault(lane, 0L),
          new Tag("lane", lane.name().toLowerCase(Locale.ROOT)));
    }
    gauge("thumbnailer_queue_in_flight", "Jobs held by a worker", QueueStatistics::inFlight);
    gauge("thumbnailer_queue_delayed", "Jobs waiting for a retry", QueueStatistics::delayed);
    gauge("thumbnailer_queue_dead_letters", "Jobs given up", QueueStatistics::deadLetters);
    gauge(
        "thumbnailer_queue_oldest_age_seconds",
        "Age of the oldest job that is waiting or in flight",
        s -> s.oldestAge().toMillis() / 1000.0);
  }

  private void gauge(
      String name, String description, ToDoubleFunction<QueueStatistics> value, Tag... tags) {
    var unused =
        registry.gauge(
            Metadata.builder().withName(name).withDescription(description).build(),
            this,
            gauges -> gauges.read(value),
            tags);
  }

  private double read(ToDoubleFunction<QueueStatistics> value) {
    try {
      return value.applyAsDouble(queue.get());
    } catch (MessagingException e) {
      return Double.NaN;
    }
  }
}
