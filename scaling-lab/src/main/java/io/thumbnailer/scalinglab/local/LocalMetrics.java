package io.thumbnailer.scalinglab.local;

import io.thumbnailer.messaging.QueueStatistics;
import io.thumbnailer.scalinglab.hpa.MetricsSource;
import io.thumbnailer.scalinglab.hpa.MetricsUnavailableException;
import io.thumbnailer.scalinglab.hpa.PodMetric;
import java.util.Map;

/** The metrics of the queue from the last scrape; there are no CPU metrics. */
final class LocalMetrics implements MetricsSource {
  private QueueStatistics latest;

  void scraped(QueueStatistics statistics) {
    latest = statistics;
  }

  @Override
  public Map<String, PodMetric> resource(String resource) throws MetricsUnavailableException {
    throw new MetricsUnavailableException("local runs scale on the queue, not on " + resource);
  }

  @Override
  public Map<String, PodMetric> pods(String metric) throws MetricsUnavailableException {
    throw new MetricsUnavailableException("local runs have no pods metric " + metric);
  }

  @Override
  public long external(String metric) throws MetricsUnavailableException {
    if (latest == null) {
      throw new MetricsUnavailableException("nothing has been scraped yet");
    }
    return switch (metric) {
      case "thumbnailer_queue_backlog" -> latest.totalBacklog() * 1000;
      case "thumbnailer_queue_in_flight" -> latest.inFlight() * 1000;
      case "thumbnailer_queue_oldest_age_seconds" -> latest.oldestAge().toMillis();
      default -> throw new MetricsUnavailableException("local runs have no metric " + metric);
    };
  }
}
