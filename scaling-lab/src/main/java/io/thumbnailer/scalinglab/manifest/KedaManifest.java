package io.thumbnailer.scalinglab.manifest;

import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.hpa.MetricSpec;
import io.thumbnailer.scalinglab.scaler.KedaSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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
   * Reads a file. The query of its trigger must name a metric of the service.
   *
   * @throws ManifestException if it is invalid or uses features that the model lacks
   */
  public static KedaSpec read(Path file) {
    return read(file, Set.of());
  }

  /**
   * Reads a file.
   *
   * @param metrics further names that the query may have instead of one of the service's
   * @throws ManifestException if it is invalid or uses features that the model lacks
   */
  public static KedaSpec read(Path file, Set<String> metrics) {
    StrictYaml yaml = new StrictYaml();
    ScaledObject object = yaml.custom(file, "keda.sh/v1alpha1", "ScaledObject", ScaledObject.class);
    ScaledObject.Spec spec = object.spec();
    List<ScaledObject.Trigger> triggers =
        spec == null || spec.triggers() == null ? List.of() : spec.triggers();
    ScaledObject.Trigger trigger = queue(file, triggers);
    yaml.rejectUnknown(file, "spec.advanced.behavior", behavior(spec));
    try {
      int min = orElse(spec.minReplicaCount(), 0);
      String metric = metric(file, trigger.metadata().getOrDefault("query", ""), metrics);
      return new KedaSpec(
          new HpaSpec(
              object.metadata() == null ? "" : String.valueOf(object.metadata().get("name")),
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
    List<MetricSpec> metrics = new ArrayList<>(List.of(first));
    for (ScaledObject.Trigger trigger : triggers) {
      if (isCpu(trigger)) {
        int percent = (int) number(file, trigger, "value");
        metrics.add(new MetricSpec.ResourceUtilization("cpu", percent));
      }
    }
    return metrics;
  }

  private static boolean isCpu(ScaledObject.Trigger trigger) {
    return "cpu".equals(trigger.type());
  }

  /** The trigger on the queue, after a check of all of them. */
  private static ScaledObject.Trigger queue(Path file, List<ScaledObject.Trigger> triggers) {
    List<ScaledObject.Trigger> queues = triggers.stream().filter(t -> !isCpu(t)).toList();
    if (queues.size() != 1 || triggers.size() > 2) {
      throw new ManifestException(
          file,
          "has "
              + triggers.size()
              + " triggers; the lab models one on prometheus, or one on prometheus and one on cpu");
    }
    for (ScaledObject.Trigger trigger : triggers) {
      requireModelled(file, trigger);
    }
    return queues.get(0);
  }

  private static void requireModelled(Path file, ScaledObject.Trigger trigger) {
    String fit = isCpu(trigger) ? "Utilization" : "AverageValue";
    boolean fits = isCpu(trigger) ? fit.equals(trigger.metricType()) : isDefault(trigger, fit);
    if (!isCpu(trigger) && !"prometheus".equals(trigger.type())) {
      throw new ManifestException(
          file, "a trigger is on " + trigger.type() + "; the lab models prometheus and cpu");
    }
    if (!fits) {
      throw new ManifestException(
          file, "the metricType of the trigger on " + trigger.type() + " must be " + fit);
    }
    if (Boolean.TRUE.equals(trigger.useCachedMetrics())) {
      throw new ManifestException(file, "the lab does not model useCachedMetrics");
    }
    if (trigger.metadata() == null) {
      throw new ManifestException(file, "the trigger on " + trigger.type() + " has no metadata");
    }
  }

  private static boolean isDefault(ScaledObject.Trigger trigger, String type) {
    return trigger.metricType() == null || trigger.metricType().equals(type);
  }

  private static String metric(Path file, String query, Set<String> names) {
    for (String name : names) {
      if (Pattern.compile("(?<![\\w:])" + Pattern.quote(name) + "(?![\\w:])")
          .matcher(query)
          .find()) {
        return name;
      }
    }
    Matcher matcher = METRIC.matcher(query);
    if (!matcher.find()) {
      throw new ManifestException(
          file, "the trigger's query names no metric that the lab knows: " + query);
    }
    return matcher.group();
  }

  private static double number(Path file, ScaledObject.Trigger trigger, String key) {
    String text = String.valueOf(trigger.metadata().get(key));
    if (!text.matches("\\d{1,12}(\\.\\d{1,12})?")) {
      throw new ManifestException(
          file, "the trigger's " + key + " must be a number of 0 or more, not " + text);
    }
    return Double.parseDouble(text);
  }

  private static int orElse(Integer value, int other) {
    return value == null ? other : value;
  }
}
