package io.thumbnailer.scalinglab.simulation;

import io.thumbnailer.scalinglab.hpa.MetricsSource;
import io.thumbnailer.scalinglab.hpa.MetricsUnavailableException;
import io.thumbnailer.scalinglab.hpa.PodMetric;
import io.thumbnailer.scalinglab.scaler.QueueMetrics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** The metrics APIs: samples taken at their own times, seen only after their delay. */
final class MetricFeed implements MetricsSource {
  private static final double RATE_WINDOW_SECONDS = 60;

  private record QueueSample(
      double time, int backlog, int inFlight, double oldestAge, long arrivals) {}

  private final Fleet fleet;
  private final MetricPipeline pipeline;
  private final CpuSamples cpu;
  private final Outages outages;
  private final Deque<QueueSample> queue = new ArrayDeque<>();
  private double now;

  MetricFeed(Fleet fleet, MetricPipeline pipeline, CpuSamples cpu, Outages outages) {
    this.fleet = fleet;
    this.pipeline = pipeline;
    this.cpu = cpu;
    this.outages = outages;
  }

  /** Moves to a time. */
  MetricFeed at(double time) {
    now = time;
    return this;
  }

  /** Prometheus scrapes the queue, unless it is down. */
  void scrapeQueue(double time) {
    if (outages.prometheusIsAway(time)) {
      return;
    }
    queue.addLast(
        new QueueSample(
            time, fleet.backlog(), fleet.inFlight(), fleet.oldestAge(time), fleet.arrivals()));
    double oldest = time - RATE_WINDOW_SECONDS - 2 * pipeline.scrapeSeconds();
    while (queue.size() > 2 && queue.getFirst().time < oldest) {
      queue.removeFirst();
    }
  }

  /** Mean CPU of the pods that have a sample, in cores; 0 without one. */
  double meanCpu() {
    return cpu.samples().values().stream().mapToLong(PodMetric::milli).average().orElse(0) / 1000;
  }

  @Override
  public Map<String, PodMetric> resource(String resource) throws MetricsUnavailableException {
    if (!resource.equals("cpu")) {
      throw new MetricsUnavailableException("the simulation has no " + resource);
    }
    return cpu.samples();
  }

  @Override
  public Map<String, PodMetric> pods(String metric) throws MetricsUnavailableException {
    throw new MetricsUnavailableException("the simulation has no pods metric " + metric);
  }

  @Override
  public long external(String metric) throws MetricsUnavailableException {
    if (outages.prometheusIsAway(now)) {
      throw new MetricsUnavailableException("Prometheus does not respond");
    }
    QueueSample newest = null;
    QueueSample first = null;
    for (QueueSample sample : queue) {
      if (sample.time + pipeline.lagSeconds() <= now) {
        newest = sample;
        if (first == null && sample.time >= now - RATE_WINDOW_SECONDS) {
          first = sample;
        }
      }
    }
    if (newest == null) {
      throw new MetricsUnavailableException("no sample of " + metric + " yet");
    }
    return switch (metric) {
      case QueueMetrics.BACKLOG -> newest.backlog * 1000L;
      case QueueMetrics.IN_FLIGHT -> newest.inFlight * 1000L;
      case QueueMetrics.OLDEST_AGE -> Math.round(newest.oldestAge * 1000);
      case QueueMetrics.ARRIVAL_RATE -> rate(first, newest);
      default ->
          throw new MetricsUnavailableException("the simulation has no external metric " + metric);
    };
  }

  /** As PromQL's {@code rate} over a minute: it needs two samples in its window. */
  private static long rate(QueueSample first, QueueSample last) throws MetricsUnavailableException {
    if (first == null || first.time >= last.time) {
      throw new MetricsUnavailableException("fewer than two samples in the window of the rate");
    }
    return Math.round(1000 * (last.arrivals - first.arrivals) / (last.time - first.time));
  }
}
