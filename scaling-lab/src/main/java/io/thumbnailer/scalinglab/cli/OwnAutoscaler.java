package io.thumbnailer.scalinglab.cli;

import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.hpa.MetricSpec;
import io.thumbnailer.scalinglab.manifest.HpaManifest;
import io.thumbnailer.scalinglab.manifest.KedaManifest;
import io.thumbnailer.scalinglab.manifest.ManifestException;
import io.thumbnailer.scalinglab.scaler.KedaSpec;
import io.thumbnailer.scalinglab.study.Policy;
import io.thumbnailer.scalinglab.study.StandardPolicies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A user's autoscaler: one of two kinds of manifests. */
final class OwnAutoscaler {
  private static final int MAX_REPLICAS = 1000;

  @Option(names = "--hpa", paramLabel = "FILE", description = "A HorizontalPodAutoscaler.")
  private Path hpaFile;

  @Option(names = "--scaled-object", paramLabel = "FILE", description = "A KEDA ScaledObject.")
  private Path scaledObjectFile;

  /**
   * What it says.
   *
   * @param leftOut metrics that have no value in the simulation
   * @param keda of a ScaledObject; {@code hpa} is then the autoscaler that KEDA makes
   */
  record Manifest(Path file, HpaSpec hpa, List<String> leftOut, Optional<KedaSpec> keda) {

    Policy policy(String name, StandardPolicies standard) {
      String description =
          "as in "
              + file
              + (leftOut.isEmpty()
                  ? ""
                  : ", without "
                      + String.join(" and ", leftOut)
                      + ": the lab does not simulate it");
      return keda.map(spec -> standard.own(name, description, spec))
          .orElseGet(() -> standard.own(name, description, hpa));
    }
  }

  /**
   * Reads it.
   *
   * @param names the lab's metrics by the user's names for them
   * @throws ManifestException if it is invalid, or cannot be simulated
   */
  Manifest read(Map<String, String> names) {
    if (hpaFile != null) {
      return manifest(hpaFile, HpaManifest.read(hpaFile), names, Optional.empty());
    }
    KedaSpec keda = KedaManifest.read(scaledObjectFile, names.keySet());
    return manifest(scaledObjectFile, keda.hpa(), names, Optional.of(keda));
  }

  private static Manifest manifest(
      Path file, HpaSpec spec, Map<String, String> names, Optional<KedaSpec> keda) {
    if (spec.maxReplicas() > MAX_REPLICAS) {
      throw new ManifestException(file, "the lab simulates at most " + MAX_REPLICAS + " replicas");
    }
    List<MetricSpec> metrics = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (MetricSpec metric : spec.metrics()) {
      if (isResource(metric) && !metric.label().startsWith("cpu ")) {
        leftOut.add(metric.label());
      } else {
        metrics.add(isResource(metric) ? metric : simulated(file, metric, names));
      }
    }
    if (metrics.isEmpty()) {
      throw new ManifestException(
          file, "the lab does not simulate " + String.join(" and ", leftOut));
    }
    HpaSpec hpa = spec.withMetrics(metrics);
    return new Manifest(
        file, hpa, leftOut, keda.map(k -> k.with(hpa, names.getOrDefault(k.metric(), k.metric()))));
  }

  private static boolean isResource(MetricSpec metric) {
    return metric instanceof MetricSpec.ResourceUtilization
        || metric instanceof MetricSpec.ResourceAverageValue;
  }

  /** Fails for a metric that has no value in the simulation: it would never scale there. */
  private static MetricSpec simulated(Path file, MetricSpec metric, Map<String, String> names) {
    if (metric instanceof MetricSpec.ExternalValue value) {
      return new MetricSpec.ExternalValue(known(file, value.metric(), names), value.targetMilli());
    }
    if (metric instanceof MetricSpec.PodsAverageValue pods) {
      return new MetricSpec.ExternalAverageValue(
          known(file, pods.metric(), names), pods.targetMilli());
    }
    MetricSpec.ExternalAverageValue average = (MetricSpec.ExternalAverageValue) metric;
    return new MetricSpec.ExternalAverageValue(
        known(file, average.metric(), names), average.targetMilli());
  }

  private static String known(Path file, String name, Map<String, String> names) {
    String known = names.getOrDefault(name, name);
    if (!StandardPolicies.METRICS.contains(known)) {
      throw new ManifestException(
          file,
          "the lab does not simulate the metric "
              + known
              + "; if it is one of the following, name it with --metric "
              + name
              + "=...: "
              + String.join(", ", StandardPolicies.METRICS));
    }
    return known;
  }
}
