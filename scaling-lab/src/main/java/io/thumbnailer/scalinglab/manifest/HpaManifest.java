package io.thumbnailer.scalinglab.manifest;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricTarget;
import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.hpa.MetricSpec;
import io.thumbnailer.scalinglab.hpa.ScalingBehavior;
import io.thumbnailer.scalinglab.hpa.ScalingPolicy;
import io.thumbnailer.scalinglab.hpa.ScalingRules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Converts a HorizontalPodAutoscaler of autoscaling/v2 to the model's spec and fills in defaults.
 */
public final class HpaManifest {
  private HpaManifest() {}

  /**
   * Reads a file.
   *
   * @throws ManifestException if it is invalid or uses features that the model lacks
   */
  public static HpaSpec read(Path file) {
    StrictYaml yaml = new StrictYaml();
    return of(
        file,
        yaml.kubernetes(
            file, "autoscaling/v2", "HorizontalPodAutoscaler", HorizontalPodAutoscaler.class));
  }

  /** Converts an object, such as one of a live cluster; {@code source} is named in errors. */
  public static HpaSpec of(Path source, HorizontalPodAutoscaler object) {
    HorizontalPodAutoscalerSpec spec = object.getSpec();
    if (spec == null || spec.getMaxReplicas() == null) {
      throw new ManifestException(source, "spec.maxReplicas is missing");
    }
    try {
      return new HpaSpec(
          object.getMetadata().getName(),
          spec.getMinReplicas() == null ? 1 : spec.getMinReplicas(),
          spec.getMaxReplicas(),
          spec.getMetrics().stream().map(metric -> metric(source, metric)).toList(),
          Optional.ofNullable(spec.getBehavior()).map(b -> behavior(source, b)));
    } catch (IllegalArgumentException e) {
      throw new ManifestException(source, e.getMessage(), e);
    }
  }

  static ScalingBehavior behavior(Path source, HorizontalPodAutoscalerBehavior behavior) {
    return new ScalingBehavior(
        rules(source, behavior.getScaleUp(), ScalingRules.DEFAULT_UP),
        rules(source, behavior.getScaleDown(), ScalingRules.DEFAULT_DOWN));
  }

  private static ScalingRules rules(Path source, HPAScalingRules rules, ScalingRules defaults) {
    if (rules == null) {
      return defaults;
    }
    Integer window = rules.getStabilizationWindowSeconds();
    List<ScalingPolicy> policies =
        rules.getPolicies() == null
            ? List.of()
            : rules.getPolicies().stream()
                .map(
                    policy ->
                        new ScalingPolicy(
                            policyType(source, policy.getType()),
                            policy.getValue(),
                            policy.getPeriodSeconds()))
                .toList();
    return new ScalingRules(
        window == null ? defaults.stabilizationWindowSeconds() : OptionalInt.of(window),
        rules.getSelectPolicy() == null
            ? defaults.selectPolicy()
            : selectPolicy(source, rules.getSelectPolicy()),
        policies.isEmpty() ? defaults.policies() : policies,
        rules.getTolerance() == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(rules.getTolerance().getNumericalAmount().doubleValue()));
  }

  private static ScalingPolicy.Type policyType(Path source, String type) {
    return switch (String.valueOf(type)) {
      case "Pods" -> ScalingPolicy.Type.PODS;
      case "Percent" -> ScalingPolicy.Type.PERCENT;
      default -> throw new ManifestException(source, "no such policy type: " + type);
    };
  }

  private static ScalingRules.SelectPolicy selectPolicy(Path source, String select) {
    return switch (select) {
      case "Max" -> ScalingRules.SelectPolicy.MAX;
      case "Min" -> ScalingRules.SelectPolicy.MIN;
      case "Disabled" -> ScalingRules.SelectPolicy.DISABLED;
      default -> throw new ManifestException(source, "no such selectPolicy: " + select);
    };
  }

  private static MetricSpec metric(
      Path source, io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec metric) {
    return switch (String.valueOf(metric.getType())) {
      case "Resource" -> {
        MetricTarget target = metric.getResource().getTarget();
        String resource = metric.getResource().getName();
        yield target.getType().equals("Utilization")
            ? new MetricSpec.ResourceUtilization(resource, target.getAverageUtilization())
            : new MetricSpec.ResourceAverageValue(resource, average(source, target));
      }
      case "Pods" ->
          new MetricSpec.PodsAverageValue(
              metric.getPods().getMetric().getName(),
              average(source, metric.getPods().getTarget()));
      case "External" -> {
        MetricTarget target = metric.getExternal().getTarget();
        String name = metric.getExternal().getMetric().getName();
        yield "Value".equals(target.getType())
            ? new MetricSpec.ExternalValue(name, milli(target.getValue()))
            : new MetricSpec.ExternalAverageValue(name, average(source, target));
      }
      default ->
          throw new ManifestException(
              source, "the lab does not model metrics of type " + metric.getType());
    };
  }

  private static long average(Path source, MetricTarget target) {
    if (!"AverageValue".equals(target.getType()) || target.getAverageValue() == null) {
      throw new ManifestException(
          source, "a target of type " + target.getType() + " does not fit its metric");
    }
    return milli(target.getAverageValue());
  }

  /** Thousandths, rounded up as the API server does. */
  static long milli(Quantity quantity) {
    return quantity
        .getNumericalAmount()
        .multiply(BigDecimal.valueOf(1000))
        .setScale(0, RoundingMode.CEILING)
        .longValueExact();
  }
}
