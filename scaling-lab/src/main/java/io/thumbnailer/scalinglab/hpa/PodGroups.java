package io.thumbnailer.scalinglab.hpa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pods, grouped by how a decision treats them.
 *
 * @param readyCount pods whose metric counts as it is
 * @param unready pods that are left out, or count as idle if the others require more
 * @param missing running pods without a metric, which are assumed to hold a change back
 * @param ignored terminating or failed pods, which the decision ignores
 */
record PodGroups(
    int readyCount, List<PodStatus> unready, List<PodStatus> missing, List<PodStatus> ignored) {

  static final String CPU = "cpu";

  /** Groups the pods; readiness matters only for {@code cpu}. */
  static PodGroups of(
      List<PodStatus> pods,
      Map<String, PodMetric> metrics,
      String resource,
      ControllerSettings settings,
      long nowMillis) {
    List<PodStatus> unready = new ArrayList<>(0);
    List<PodStatus> missing = new ArrayList<>(0);
    List<PodStatus> ignored = new ArrayList<>(0);
    int ready = 0;
    for (PodStatus pod : pods) {
      PodMetric metric = metrics.get(pod.name());
      if (pod.terminating() || pod.phase() == PodStatus.Phase.FAILED) {
        ignored.add(pod);
      } else if (pod.phase() == PodStatus.Phase.PENDING) {
        unready.add(pod);
      } else if (metric == null) {
        missing.add(pod);
      } else if (resource.equals(CPU) && cpuDoesNotCount(pod, metric, settings, nowMillis)) {
        unready.add(pod);
      } else {
        ready++;
      }
    }
    return new PodGroups(ready, unready, missing, ignored);
  }

  /**
   * A starting JVM burns CPU that says nothing about load. While a pod may still be initialising,
   * its sample counts only if it is ready and was so during the whole sample; later only a pod that
   * was never ready is left out.
   */
  private static boolean cpuDoesNotCount(
      PodStatus pod, PodMetric metric, ControllerSettings settings, long nowMillis) {
    if (pod.readiness() == PodStatus.Readiness.UNKNOWN || pod.startedMillis() == PodStatus.NEVER) {
      return true;
    }
    boolean notReady = pod.readiness() == PodStatus.Readiness.FALSE;
    if (pod.startedMillis() + settings.cpuInitializationPeriod().toMillis() > nowMillis) {
      return notReady
          || metric.timestampMillis() < pod.readinessChangedMillis() + metric.windowMillis();
    }
    return notReady
        && pod.startedMillis() + settings.initialReadinessDelay().toMillis()
            > pod.readinessChangedMillis();
  }
}
