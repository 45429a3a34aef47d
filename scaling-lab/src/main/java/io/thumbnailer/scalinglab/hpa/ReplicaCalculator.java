package io.thumbnailer.scalinglab.hpa;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes a number of replicas from one metric, before any stabilization or limit.
 *
 * <p>Integer divisions truncate where the controller's do; it decides with these numbers, and a
 * rounded one would differ by a replica now and then.
 */
public final class ReplicaCalculator {
  private final ControllerSettings settings;

  /** Creates a calculator for a cluster with these settings. */
  public ReplicaCalculator(ControllerSettings settings) {
    this.settings = settings;
  }

  /**
   * A proposal of one metric.
   *
   * @param replicas wanted
   * @param current the metric as the controller would report it: per cent, or thousandths a pod
   */
  public record Proposal(int replicas, long current) {}

  /**
   * The proposal of a resource's utilization: {@code ceil(ready pods x utilization / target)}.
   *
   * @param currentReplicas the scale's {@code spec.replicas}
   * @throws MetricsUnavailableException if no pod has a metric that counts, or a request
   */
  public Proposal resourceUtilization(
      int currentReplicas,
      MetricSpec.ResourceUtilization spec,
      List<PodStatus> pods,
      Map<String, PodMetric> samples,
      Tolerance tolerance,
      long nowMillis)
      throws MetricsUnavailableException {
    requireSamples(samples, spec.resource());
    requirePods(pods);
    PodGroups groups = PodGroups.of(pods, samples, spec.resource(), settings, nowMillis);
    Map<String, Long> usage = countedUsage(samples, groups);
    Map<String, Long> requests = requests(pods, spec.resource());
    if (usage.isEmpty()) {
      throw new MetricsUnavailableException(
          "did not receive metrics for targeted pods (pods might be unready)");
    }
    int utilization = utilization(usage, requests);
    double ratio = (double) utilization / spec.targetPercent();
    boolean scaleUpWithUnready = !groups.unready().isEmpty() && ratio > 1.0;
    if (!scaleUpWithUnready && groups.missing().isEmpty()) {
      int replicas = tolerance.covers(ratio) ? currentReplicas : ceil(ratio * groups.readyCount());
      return new Proposal(replicas, utilization);
    }
    if (ratio < 1.0) {
      long fallbackPercent = Math.max(100, spec.targetPercent());
      for (PodStatus pod : groups.missing()) {
        usage.put(pod.name(), requests.get(pod.name()) * fallbackPercent / 100);
      }
    } else if (ratio > 1.0) {
      groups.missing().forEach(pod -> usage.put(pod.name(), 0L));
    }
    if (scaleUpWithUnready) {
      groups.unready().forEach(pod -> usage.put(pod.name(), 0L));
    }
    double careful = (double) utilization(usage, requests) / spec.targetPercent();
    return new Proposal(
        carefulReplicas(currentReplicas, ratio, careful, usage.size(), tolerance), utilization);
  }

  /**
   * The proposal of a mean over the pods, of a resource ({@code resource} names it) or of a custom
   * metric ({@code resource} is empty).
   *
   * @param currentReplicas the scale's {@code spec.replicas}
   * @throws MetricsUnavailableException if no pod has a metric that counts
   */
  public Proposal podsAverageValue(
      int currentReplicas,
      long targetMilli,
      String resource,
      List<PodStatus> pods,
      Map<String, PodMetric> samples,
      Tolerance tolerance,
      long nowMillis)
      throws MetricsUnavailableException {
    requireSamples(samples, resource.isEmpty() ? "pods" : resource);
    requirePods(pods);
    PodGroups groups = PodGroups.of(pods, samples, resource, settings, nowMillis);
    Map<String, Long> usage = countedUsage(samples, groups);
    if (usage.isEmpty()) {
      throw new MetricsUnavailableException(
          "did not receive metrics for targeted pods (pods might be unready)");
    }
    long mean = mean(usage);
    double ratio = (double) mean / targetMilli;
    boolean scaleUpWithUnready = !groups.unready().isEmpty() && ratio > 1.0;
    if (!scaleUpWithUnready && groups.missing().isEmpty()) {
      int replicas = tolerance.covers(ratio) ? currentReplicas : ceil(ratio * groups.readyCount());
      return new Proposal(replicas, mean);
    }
    if (ratio != 1.0) {
      long assumed = ratio < 1.0 ? targetMilli : 0;
      groups.missing().forEach(pod -> usage.put(pod.name(), assumed));
    }
    if (scaleUpWithUnready) {
      groups.unready().forEach(pod -> usage.put(pod.name(), 0L));
    }
    double careful = (double) mean(usage) / targetMilli;
    return new Proposal(
        carefulReplicas(currentReplicas, ratio, careful, usage.size(), tolerance), mean);
  }

  /**
   * The proposal of a total that is shared out over the pods: {@code ceil(total / target)}.
   *
   * @param statusReplicas the scale's {@code status.replicas}: pods that exist, ready or not
   */
  public Proposal externalAverageValue(
      int statusReplicas, long targetMilli, long totalMilli, Tolerance tolerance) {
    double ratio = totalMilli / ((double) targetMilli * statusReplicas);
    int replicas =
        tolerance.covers(ratio) ? statusReplicas : ceil((double) totalMilli / targetMilli);
    return new Proposal(
        replicas, (long) Math.ceil((double) totalMilli / Math.max(1, statusReplicas)));
  }

  /**
   * The proposal of a value as it is: {@code ceil(ready pods x value / target)}, or {@code
   * ceil(value / target)} from zero.
   *
   * @param currentReplicas the scale's {@code spec.replicas}
   * @throws MetricsUnavailableException if there are replicas but no pods
   */
  public Proposal externalValue(
      int currentReplicas,
      long targetMilli,
      long totalMilli,
      List<PodStatus> pods,
      Tolerance tolerance)
      throws MetricsUnavailableException {
    double ratio = (double) totalMilli / targetMilli;
    if (currentReplicas == 0) {
      return new Proposal(ceil(ratio), totalMilli);
    }
    if (tolerance.covers(ratio)) {
      return new Proposal(currentReplicas, totalMilli);
    }
    requirePods(pods);
    long ready =
        pods.stream()
            .filter(pod -> pod.phase() == PodStatus.Phase.RUNNING)
            .filter(pod -> pod.readiness() == PodStatus.Readiness.TRUE)
            .count();
    return new Proposal(ceil(ratio * ready), totalMilli);
  }

  /** Assumed values may prevent a change, but never reverse its direction. */
  private static int carefulReplicas(
      int currentReplicas, double ratio, double careful, int counted, Tolerance tolerance) {
    if (tolerance.covers(careful)
        || (ratio < 1.0 && careful > 1.0)
        || (ratio > 1.0 && careful < 1.0)) {
      return currentReplicas;
    }
    int replicas = ceil(careful * counted);
    boolean turned =
        (careful < 1.0 && replicas > currentReplicas)
            || (careful > 1.0 && replicas < currentReplicas);
    return turned ? currentReplicas : replicas;
  }

  private static Map<String, Long> countedUsage(Map<String, PodMetric> samples, PodGroups groups) {
    Map<String, Long> usage = new HashMap<>(samples.size() * 2);
    samples.forEach((name, metric) -> usage.put(name, metric.milli()));
    groups.unready().forEach(pod -> usage.remove(pod.name()));
    groups.ignored().forEach(pod -> usage.remove(pod.name()));
    return usage;
  }

  private static Map<String, Long> requests(List<PodStatus> pods, String resource)
      throws MetricsUnavailableException {
    Map<String, Long> requests = new HashMap<>(pods.size() * 2);
    for (PodStatus pod : pods) {
      Long request = pod.requestsMilli().get(resource);
      if (request == null) {
        throw new MetricsUnavailableException(
            "missing request for " + resource + " in pod " + pod.name());
      }
      requests.put(pod.name(), request);
    }
    return requests;
  }

  private static int utilization(Map<String, Long> usage, Map<String, Long> requests)
      throws MetricsUnavailableException {
    long used = 0;
    long requested = 0;
    for (Map.Entry<String, Long> entry : usage.entrySet()) {
      Long request = requests.get(entry.getKey());
      if (request != null) {
        used += entry.getValue();
        requested += request;
      }
    }
    if (requested == 0) {
      throw new MetricsUnavailableException("no metrics returned matched known pods");
    }
    return (int) (used * 100 / requested);
  }

  private static long mean(Map<String, Long> usage) {
    long total = 0;
    for (long value : usage.values()) {
      total += value;
    }
    return total / usage.size();
  }

  private static int ceil(double replicas) {
    return (int) Math.ceil(replicas);
  }

  private static void requireSamples(Map<String, PodMetric> samples, String what)
      throws MetricsUnavailableException {
    if (samples.isEmpty()) {
      throw new MetricsUnavailableException("no metrics returned from the metrics API for " + what);
    }
  }

  private static void requirePods(List<PodStatus> pods) throws MetricsUnavailableException {
    if (pods.isEmpty()) {
      throw new MetricsUnavailableException(
          "no pods returned by selector while calculating replica count");
    }
  }
}
