package io.thumbnailer.scalinglab.simulation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pods the ReplicaSet controller deletes first (Kubernetes, {@code
 * pkg/controller/controller_utils.go}, {@code ActivePodsWithRanks}): without a node, pending, not
 * ready, of lower deletion cost, with more ready pods on the same node, ready for a shorter time,
 * newer. Times are compared by the logarithm to the base 2 of their length in nanoseconds; of equal
 * ones the order of the pods' UIDs decides, which is chance. No container of the model restarts.
 */
final class VictimOrder {
  private static final double NANOS = 1e9;

  private final double now;
  private final boolean deletionCost;
  private final Map<Integer, Integer> readyOnNode = new HashMap<>();

  /**
   * Creates the order at a time.
   *
   * @param deletionCost whether a worker sets a higher deletion cost while it has a job
   */
  VictimOrder(List<Pod> pods, double now, boolean deletionCost) {
    this.now = now;
    this.deletionCost = deletionCost;
    for (Pod pod : pods) {
      if (pod.isReady(now)) {
        readyOnNode.merge(pod.node, 1, Integer::sum);
      }
    }
  }

  /** Returns a comparator that puts the first pod to be deleted first. */
  Comparator<Pod> comparator() {
    return Comparator.comparing((Pod pod) -> pod.scheduledAt <= now)
        .thenComparing(pod -> pod.runningAt <= now)
        .thenComparing(pod -> pod.isReady(now))
        .thenComparingInt(pod -> deletionCost ? pod.busy : 0)
        .thenComparingInt(pod -> pod.isReady(now) ? -readyOnNode.get(pod.node) : 0)
        .thenComparingInt(pod -> bucket(now - (pod.isReady(now) ? pod.readyAt : pod.createdAt)))
        .thenComparingLong(pod -> pod.uid);
  }

  private static int bucket(double ageSeconds) {
    return ageSeconds <= 0 ? -1 : (int) (Math.log(ageSeconds * NANOS) / Math.log(2));
  }
}
