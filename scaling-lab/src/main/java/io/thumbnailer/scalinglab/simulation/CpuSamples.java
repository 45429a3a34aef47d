package io.thumbnailer.scalinglab.simulation;

import io.thumbnailer.scalinglab.hpa.PodMetric;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The CPU of the pods as reported by the metrics API. The kubelet (cAdvisor) reads each container
 * at times of its own; the metrics-server fetches the newest readings and keeps two for each
 * container with their timestamps. So a value may be as old as a reading's age plus a fetch period.
 * A container with a single reading of 10 s to a fetch period after its start is measured from its
 * start (metrics-server, {@code pkg/storage/pod.go}).
 */
final class CpuSamples {
  private static final double FRESH_CONTAINER_SECONDS = 10;

  private record Point(double time, double cpuSeconds) {}

  /** The known readings of a container; null if unknown. */
  private static final class Container {
    Point read;
    Point last;
    Point previous;
  }

  private final MetricPipeline pipeline;
  private final Agenda agenda;
  private final SplittableRandom random;
  private final Map<Pod, Container> containers = new HashMap<>();
  private final Map<String, PodMetric> samples = new HashMap<>();

  CpuSamples(MetricPipeline pipeline, Agenda agenda, SplittableRandom random) {
    this.pipeline = pipeline;
    this.agenda = agenda;
    this.random = random;
  }

  /** The kubelet reads a container from its start on, or from a random moment if it is older. */
  void watch(Pod pod, double now) {
    containers.put(pod, new Container());
    double first =
        pod.runningAt >= now
            ? pod.runningAt
            : now + random.nextDouble() * pipeline.housekeepingSeconds();
    agenda.plan(first, () -> read(pod, first));
  }

  private void read(Pod pod, double now) {
    if (pod.gone) {
      return;
    }
    pod.advance(now);
    containers.get(pod).read = new Point(now, pod.cpuSeconds());
    // The kubelet adds up to a whole interval to each, so that containers are not read at once.
    double next = now + pipeline.housekeepingSeconds() * (1 + random.nextDouble());
    agenda.plan(next, () -> read(pod, next));
  }

  /** The metrics-server fetches the readings. */
  void fetch() {
    samples.clear();
    for (Iterator<Map.Entry<Pod, Container>> i = containers.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<Pod, Container> entry = i.next();
      if (entry.getKey().gone) {
        i.remove();
      } else if (entry.getValue().read != null) {
        store(entry.getKey(), entry.getValue());
      }
    }
  }

  private void store(Pod pod, Container container) {
    Point point = container.read;
    double age = point.time - pod.runningAt;
    if (age >= FRESH_CONTAINER_SECONDS && age < pipeline.resourceSeconds()) {
      container.previous = new Point(pod.runningAt, 0);
    } else if (container.last == null) {
      container.previous = null;
    } else if (point.time > container.last.time) {
      container.previous = container.last;
    }
    container.last = point;
    Point from = container.previous;
    if (from != null && point.time > from.time) {
      double window = point.time - from.time;
      samples.put(
          pod.name,
          new PodMetric(
              Math.round((point.cpuSeconds - from.cpuSeconds) / window * 1000),
              Math.round(point.time * 1000),
              Math.round(window * 1000)));
    }
  }

  /** The newest sample of each pod that has one. */
  Map<String, PodMetric> samples() {
    return samples;
  }
}
