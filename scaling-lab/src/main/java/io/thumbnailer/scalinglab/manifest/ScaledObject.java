package io.thumbnailer.scalinglab.manifest;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;
import java.util.Map;

/**
 * A ScaledObject of keda.sh/v1alpha1 as far as the shipped one goes; a field that is not here is an
 * error.
 */
record ScaledObject(
    String apiVersion,
    String kind,
    Map<String, Object> metadata,
    Spec spec,
    Map<String, Object> status) {

  record Spec(
      Map<String, Object> scaleTargetRef,
      Integer pollingInterval,
      Integer cooldownPeriod,
      Integer initialCooldownPeriod,
      Integer idleReplicaCount,
      Integer minReplicaCount,
      Integer maxReplicaCount,
      Map<String, Object> fallback,
      Advanced advanced,
      List<Trigger> triggers) {}

  record Advanced(
      Boolean restoreToOriginalReplicaCount,
      HorizontalPodAutoscalerConfig horizontalPodAutoscalerConfig) {}

  record HorizontalPodAutoscalerConfig(String name, HorizontalPodAutoscalerBehavior behavior) {}

  record Trigger(
      String type,
      String name,
      String metricType,
      Boolean useCachedMetrics,
      Map<String, Object> authenticationRef,
      Map<String, String> metadata) {}
}
