package io.thumbnailer.scalinglab.simulation;

import io.thumbnailer.scalinglab.hpa.MetricsSource;
import io.thumbnailer.scalinglab.hpa.MetricsUnavailableException;
import io.thumbnailer.scalinglab.hpa.PodMetric;
import java.util.HashMap;
import java.util.Map;

/** The metrics APIs: samples taken at their own times, seen only after their delay. */
final class MetricFeed implements MetricsSource {
  /** Jobs waiting or in work. */
  static final String BACKLOG = "thumbnailer_queue_backlog";

  /** Jobs in work. */
  static final String IN_FLIGHT = "thumbnailer_queue_in_flight";

  /** Age of the oldest job. */
  static final String OLDEST_AGE = "thumbnailer_queue_oldest_age_seconds";

  private record QueueSample(double time, int backlog, int inFlight, double oldestAge) {}

  private final Fleet fleet;
  private final MetricPipeline pipeline;
  private final Map<String, PodMetric> cpu = new HashMap<>();
  private final Map<String, Double> cpuBefore = new HashMap<>();
  private QueueSample latest;
  private QueueSample previous;
  private double now;

  MetricFeed(Fleet fleet, MetricPipeline pipeline) {
    this.fleet = fleet;
    this.pipeline = pipeline;
  }

  /** As of a time. */
  MetricFeed at(double time) {
    now = time;
    return this;
  }

  void scrapeQueue(double time) {
    previous = latest;
    latest = new QueueSample(time, fleet.backlog(), fleet.inFlight(), fleet.oldestAge(time));
  }

  /** A pod has a sample only from its second reading on, as with the metrics-server. */
  void scrapePods(double time) {
    cpu.clear();
    Map<String, Double> readings = new HashMap<>();
    for (Pod pod : fleet.alive()) {
      if (time >= pod.runningAt) {
        pod.advance(time);
        double used = pod.cpuSeconds();
        readings.put(pod.name, used);
        Double before = cpuBefore.get(pod.name);
        if (before != null) {
          long milli = Math.round((used - before) / pipeline.resourceSeconds() * 1000);
          cpu.put(
              pod.name,
              new PodMetric(
                  milli, Math.round(time * 1000), Math.round(pipeline.resourceSeconds() * 1000)));
        }
      }
    }
    cpuBefore.clear();
    cpuBefore.putAll(readings);
  }

  /** Mean CPU of the pods that have a sample, in cores; 0 without one. */
  double meanCpu() {
    return cpu.values().stream().mapToLong(PodMetric::milli).average().orElse(0) / 1000;
  }

  @Override
  public Map<String, PodMetric> resource(String resource) throws MetricsUnavailableException {
    if (!resource.equals("cpu")) {
      throw new MetricsUnavailableException("the simulation has no " + resource);
    }
    return cpu;
  }

  @Override
  public Map<String, PodMetric> pods(String metric) throws MetricsUnavailableException {
    throw new MetricsUnavailableException("the simulation has no pods metric " + metric);
  }

  @Override
  public long external(String metric) throws MetricsUnavailableException {
    QueueSample sample =
        latest != null && latest.time + pipeline.lagSeconds() <= now ? latest : previous;
    if (sample == null) {
      throw new MetricsUnavailableException("no sample of " + metric + " yet");
    }
    return switch (metric) {
      case BACKLOG -> sample.backlog * 1000L;
      case IN_FLIGHT -> sample.inFlight * 1000L;
      case OLDEST_AGE -> Math.round(sample.oldestAge * 1000);
      default ->
          throw new MetricsUnavailableException("the simulation has no external metric " + metric);
    };
  }
}
