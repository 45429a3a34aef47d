package io.thumbnailer.scalinglab.manifest;

import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.hpa.MetricSpec;
import io.thumbnailer.scalinglab.scaler.KedaSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Converts a ScaledObject with one Prometheus trigger, and optionally one on CPU, to the model's
 * spec and fills in defaults. Only the first activates workers: KEDA leaves CPU to the autoscaler
 * that it creates.
 */
public final class KedaManifest {
  private static final Pattern METRIC = Pattern.compile("thumbnailer_[a-z_]+");

  private KedaManifest() {}

  /**
   * Reads a file.
   *
   * @throws ManifestException if it is invalid or uses features that the model lacks
   */
  public static KedaSpec read(Path file) {
    StrictYaml yaml = new StrictYaml();
    ScaledObject object = yaml.custom(file, "keda.sh/v1alpha1", "ScaledObject", ScaledObject.class);
    ScaledObject.Spec spec = object.spec();
    List<ScaledObject.Trigger> triggers =
        spec == null || spec.triggers() == null ? List.of() : spec.triggers();
    if (triggers.isEmpty() || triggers.size() > 2) {
      throw new ManifestException(file, "the lab models one trigger, or two with one on cpu");
    }
    ScaledObject.Trigger trigger = triggers.get(0);
    yaml.rejectUnknown(file, "spec.advanced.behavior", behavior(spec));
    requireModelled(file, trigger);
    try {
      int min = orElse(spec.minReplicaCount(), 0);
      String metric = metric(file, trigger.metadata());
      return new KedaSpec(
          new HpaSpec(
              String.valueOf(object.metadata().get("name")),
              Math.max(1, min),
              orElse(spec.maxReplicaCount(), 100),
              metrics(
                  file,
                  new MetricSpec.ExternalAverageValue(
                      metric, Math.round(number(file, trigger, "threshold") * 1000)),
                  triggers),
              // Without one, KEDA creates an autoscaler without a behavior: the 2x/4 rule applies.
              Optional.ofNullable(behavior(spec)).map(b -> HpaManifest.behavior(file, b))),
          min,
          spec.idleReplicaCount() == null
              ? OptionalInt.empty()
              : OptionalInt.of(spec.idleReplicaCount()),
          Duration.ofSeconds(orElse(spec.pollingInterval(), 30)),
          Duration.ofSeconds(orElse(spec.cooldownPeriod(), 300)),
          Duration.ofSeconds(orElse(spec.initialCooldownPeriod(), 0)),
          metric,
          trigger.metadata().containsKey("activationThreshold")
              ? number(file, trigger, "activationThreshold")
              : 0);
    } catch (IllegalArgumentException e) {
      throw new ManifestException(file, e.getMessage(), e);
    }
  }

  private static io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior
      behavior(ScaledObject.Spec spec) {
    return spec.advanced() == null || spec.advanced().horizontalPodAutoscalerConfig() == null
        ? null
        : spec.advanced().horizontalPodAutoscalerConfig().behavior();
  }

  private static List<MetricSpec> metrics(
      Path file, MetricSpec first, List<ScaledObject.Trigger> triggers) {
    if (triggers.size() == 1) {
      return List.of(first);
    }
    ScaledObject.Trigger floor = triggers.get(1);
    if (!"cpu".equals(floor.type()) || !"Utilization".equals(floor.metricType())) {
      throw new ManifestException(file, "the second trigger must be on cpu, with Utilization");
    }
    return List.of(
        first, new MetricSpec.ResourceUtilization("cpu", (int) number(file, floor, "value")));
  }

  private static void requireModelled(Path file, ScaledObject.Trigger trigger) {
    boolean average = trigger.metricType() == null || trigger.metricType().equals("AverageValue");
    if (!"prometheus".equals(trigger.type())
        || !average
        || Boolean.TRUE.equals(trigger.useCachedMetrics())) {
      throw new ManifestException(
          file, "the lab models a prometheus trigger with AverageValue and without a cache");
    }
  }

  private static String metric(Path file, Map<String, String> metadata) {
    Matcher matcher = METRIC.matcher(metadata.getOrDefault("query", ""));
    if (!matcher.find()) {
      throw new ManifestException(file, "the trigger's query names none of the service's metrics");
    }
    return matcher.group();
  }

  private static double number(Path file, ScaledObject.Trigger trigger, String key) {
    try {
      return Double.parseDouble(String.valueOf(trigger.metadata().get(key)));
    } catch (NumberFormatException e) {
      throw new ManifestException(file, "the trigger's " + key + " must be a number", e);
    }
  }

  private static int orElse(Integer value, int other) {
    return value == null ? other : value;
  }
}
