package io.thumbnailer.scalinglab.manifest;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.ExternalMetricSource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricIdentifier;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricTarget;
import io.fabric8.kubernetes.api.model.autoscaling.v2.PodsMetricSource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.ResourceMetricSource;
import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.hpa.MetricSpec;
import io.thumbnailer.scalinglab.hpa.ScalingBehavior;
import io.thumbnailer.scalinglab.hpa.ScalingPolicy;
import io.thumbnailer.scalinglab.hpa.ScalingRules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Converts a HorizontalPodAutoscaler of autoscaling/v2 to the model's spec and fills in defaults.
 */
public final class HpaManifest {
  /** What the API server fills in if a manifest has no metrics. */
  private static final MetricSpec DEFAULT_METRIC = new MetricSpec.ResourceUtilization("cpu", 80);

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
    HorizontalPodAutoscalerSpec spec = required(source, object.getSpec(), "spec");
    try {
      return new HpaSpec(
          required(source, object.getMetadata(), "metadata").getName(),
          spec.getMinReplicas() == null ? 1 : spec.getMinReplicas(),
          required(source, spec.getMaxReplicas(), "spec.maxReplicas"),
          metrics(source, spec.getMetrics()),
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
                            required(source, policy.getValue(), "a policy's value"),
                            required(source, policy.getPeriodSeconds(), "a policy's period")))
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

  private static List<MetricSpec> metrics(
      Path source, List<io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec> metrics) {
    if (metrics == null || metrics.isEmpty()) {
      return List.of(DEFAULT_METRIC);
    }
    List<MetricSpec> all = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      all.add(metric(source, "spec.metrics[" + i + "]", metrics.get(i)));
    }
    return all;
  }

  private static MetricSpec metric(
      Path source, String field, io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec metric) {
    return switch (String.valueOf(metric.getType())) {
      case "Resource" -> {
        ResourceMetricSource of = required(source, metric.getResource(), field + ".resource");
        MetricTarget target = required(source, of.getTarget(), field + ".resource.target");
        String resource = required(source, of.getName(), field + ".resource.name");
        yield "Utilization".equals(target.getType())
            ? new MetricSpec.ResourceUtilization(
                resource,
                required(
                    source,
                    target.getAverageUtilization(),
                    field + ".resource.target.averageUtilization"))
            : new MetricSpec.ResourceAverageValue(resource, average(source, field, target));
      }
      case "Pods" -> {
        PodsMetricSource of = required(source, metric.getPods(), field + ".pods");
        yield new MetricSpec.PodsAverageValue(
            name(source, field + ".pods", of.getMetric()),
            average(source, field, required(source, of.getTarget(), field + ".pods.target")));
      }
      case "External" -> {
        ExternalMetricSource of = required(source, metric.getExternal(), field + ".external");
        MetricTarget target = required(source, of.getTarget(), field + ".external.target");
        String name = name(source, field + ".external", of.getMetric());
        yield "Value".equals(target.getType())
            ? new MetricSpec.ExternalValue(
                name,
                milli(
                    source, required(source, target.getValue(), field + ".external.target.value")))
            : new MetricSpec.ExternalAverageValue(name, average(source, field, target));
      }
      default ->
          throw new ManifestException(
              source,
              field
                  + ".type is "
                  + metric.getType()
                  + "; the lab does not model metrics other than Resource, Pods and External");
    };
  }

  private static String name(Path source, String field, MetricIdentifier metric) {
    return required(
        source, required(source, metric, field + ".metric").getName(), field + ".metric.name");
  }

  private static long average(Path source, String field, MetricTarget target) {
    if (!"AverageValue".equals(target.getType()) || target.getAverageValue() == null) {
      throw new ManifestException(
          source, field + ": a target of type " + target.getType() + " does not fit its metric");
    }
    return milli(source, target.getAverageValue());
  }

  private static <T> T required(Path source, T value, String field) {
    if (value == null) {
      throw new ManifestException(source, field + " is missing");
    }
    return value;
  }

  /** Thousandths, rounded up as the API server does. */
  private static long milli(Path source, Quantity quantity) {
    try {
      return quantity
          .getNumericalAmount()
          .multiply(BigDecimal.valueOf(1000))
          .setScale(0, RoundingMode.CEILING)
          .longValueExact();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ManifestException(source, quantity + " is not a quantity in range", e);
    }
  }
}
