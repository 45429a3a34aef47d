package io.thumbnailer.scalinglab.hpa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pods and their samples for the tests: by default running, ready and long started. */
final class Pods {
  static final long NOW = 10_000_000;
  private static final long LONG_AGO = NOW - 3_600_000;

  private final List<PodStatus> pods = new ArrayList<>();
  private final Map<String, PodMetric> samples = new HashMap<>();

  static Pods of(long requestMilli, long... usageMilli) {
    Pods pods = new Pods();
    for (long usage : usageMilli) {
      pods.running(requestMilli, usage);
    }
    return pods;
  }

  Pods running(long requestMilli, long usageMilli) {
    return add(requestMilli, usageMilli, PodStatus.Phase.RUNNING, PodStatus.Readiness.TRUE, false);
  }

  /** Never ready since its start. */
  Pods unready(long requestMilli, long usageMilli) {
    return add(requestMilli, usageMilli, PodStatus.Phase.RUNNING, PodStatus.Readiness.FALSE, false);
  }

  /** Ready, but started within the CPU initialization period, with a sample that begins before. */
  Pods hot(long requestMilli, long usageMilli) {
    String name = "pod-" + pods.size();
    pods.add(
        new PodStatus(
            name,
            PodStatus.Phase.RUNNING,
            false,
            NOW - 60_000,
            PodStatus.Readiness.TRUE,
            NOW - 30_000,
            request(requestMilli)));
    samples.put(name, new PodMetric(usageMilli, NOW, 60_000));
    return this;
  }

  Pods pending(long requestMilli) {
    add(requestMilli, 0, PodStatus.Phase.PENDING, PodStatus.Readiness.FALSE, false);
    samples.remove("pod-" + (pods.size() - 1));
    return this;
  }

  Pods failed(long requestMilli) {
    add(requestMilli, 0, PodStatus.Phase.FAILED, PodStatus.Readiness.FALSE, false);
    samples.remove("pod-" + (pods.size() - 1));
    return this;
  }

  Pods terminating(long requestMilli) {
    add(requestMilli, 0, PodStatus.Phase.RUNNING, PodStatus.Readiness.FALSE, true);
    samples.remove("pod-" + (pods.size() - 1));
    return this;
  }

  /** Running and ready, but the metrics API has nothing of it. */
  Pods missing(long requestMilli) {
    running(requestMilli, 0);
    samples.remove("pod-" + (pods.size() - 1));
    return this;
  }

  /** A sample of a pod that is not in the list. */
  Pods stray(long usageMilli) {
    samples.put("stray-" + samples.size(), new PodMetric(usageMilli, NOW, 60_000));
    return this;
  }

  private Pods add(
      long requestMilli,
      long usageMilli,
      PodStatus.Phase phase,
      PodStatus.Readiness readiness,
      boolean terminating) {
    String name = "pod-" + pods.size();
    pods.add(
        new PodStatus(
            name, phase, terminating, LONG_AGO, readiness, LONG_AGO, request(requestMilli)));
    samples.put(name, new PodMetric(usageMilli, NOW, 60_000));
    return this;
  }

  private static Map<String, Long> request(long milli) {
    return milli == 0 ? Map.of() : Map.of("cpu", milli);
  }

  List<PodStatus> list() {
    return pods;
  }

  Map<String, PodMetric> samples() {
    return samples;
  }
}
