package io.thumbnailer.scalinglab.record;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Observes an autoscaler, its pods and their CPU through the API server. */
public final class ClusterRecorder implements Recorder {
  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final DoubleSupplier backlog;

  /**
   * Creates a recorder of an autoscaler.
   *
   * @param backlog reads the number of jobs waiting or in progress; NaN if unavailable
   */
  public ClusterRecorder(
      KubernetesClient client, String namespace, String name, DoubleSupplier backlog) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.backlog = backlog;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if there is no such autoscaler or its target is missing
   * @throws KubernetesClientException if the API server cannot be queried
   */
  @Override
  public ClusterRow look(double seconds) {
    HorizontalPodAutoscaler hpa =
        client
            .autoscaling()
            .v2()
            .horizontalPodAutoscalers()
            .inNamespace(namespace)
            .withName(name)
            .get();
    if (hpa == null) {
      throw new IllegalArgumentException(
          "there is no HorizontalPodAutoscaler " + name + " in the namespace " + namespace);
    }
    Map<String, String> selector = selector(hpa.getSpec().getScaleTargetRef().getName());
    List<Pod> pods = client.pods().inNamespace(namespace).withLabels(selector).list().getItems();
    HorizontalPodAutoscalerStatus status =
        hpa.getStatus() == null ? new HorizontalPodAutoscalerStatus() : hpa.getStatus();
    List<Pod> staying = pods.stream().filter(pod -> !ends(pod)).toList();
    return new ClusterRow(
        seconds,
        orZero(status.getCurrentReplicas()),
        orZero(status.getDesiredReplicas()),
        condition(status, "AbleToScale"),
        condition(status, "ScalingActive"),
        condition(status, "ScalingLimited"),
        (int) staying.stream().filter(pod -> phase(pod).equals("Pending")).count(),
        (int) staying.stream().filter(pod -> phase(pod).equals("Running")).count(),
        (int) staying.stream().filter(pod -> readySince(pod).isPresent()).count(),
        pods.size() - staying.size(),
        newestReadySeconds(staying),
        backlog.getAsDouble(),
        cpu(selector));
  }

  private Map<String, String> selector(String deployment) {
    Deployment target =
        client.apps().deployments().inNamespace(namespace).withName(deployment).get();
    if (target == null) {
      throw new IllegalArgumentException("there is no Deployment " + deployment);
    }
    return target.getSpec().getSelector().getMatchLabels();
  }

  private static boolean ends(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  private static String phase(Pod pod) {
    return pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
  }

  private static Optional<Instant> readySince(Pod pod) {
    if (!phase(pod).equals("Running") || pod.getStatus().getConditions() == null) {
      return Optional.empty();
    }
    return pod.getStatus().getConditions().stream()
        .filter(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()))
        .map(PodCondition::getLastTransitionTime)
        .map(Instant::parse)
        .findFirst();
  }

  private static double newestReadySeconds(List<Pod> pods) {
    return pods.stream()
        .filter(pod -> readySince(pod).isPresent())
        .max(Comparator.comparing(pod -> readySince(pod).orElseThrow()))
        .map(
            pod ->
                Duration.between(
                            Instant.parse(pod.getMetadata().getCreationTimestamp()),
                            readySince(pod).orElseThrow())
                        .toMillis()
                    / 1000.0)
        .orElse(Double.NaN);
  }

  private static String condition(HorizontalPodAutoscalerStatus status, String type) {
    if (status.getConditions() == null) {
      return "";
    }
    return status.getConditions().stream()
        .filter(c -> type.equals(c.getType()))
        .map(c -> c.getStatus() + " " + c.getReason())
        .findFirst()
        .orElse("");
  }

  /** Cores in use; NaN when there is no metrics-server, or it has not measured a pod yet. */
  private double cpu(Map<String, String> selector) {
    try {
      return client
          .top()
          .pods()
          .inNamespace(namespace)
          .withLabels(selector)
          .metrics()
          .getItems()
          .stream()
          .flatMap(pod -> pod.getContainers().stream())
          .map(container -> container.getUsage().getOrDefault("cpu", new Quantity("0")))
          .mapToDouble(quantity -> quantity.getNumericalAmount().doubleValue())
          .reduce(Double::sum)
          .orElse(Double.NaN);
    } catch (KubernetesClientException e) {
      return Double.NaN;
    }
  }

  private static int orZero(Integer number) {
    return number == null ? 0 : number;
  }
}
