package io.thumbnailer.scalinglab.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.hpa.MetricSpec;
import io.thumbnailer.scalinglab.hpa.ScalingPolicy;
import io.thumbnailer.scalinglab.hpa.ScalingRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
  private static final Path SHIPPED = Path.of("..", "kubernetes");

  private static final String HPA =
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata:
        name: worker
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: worker}
        maxReplicas: 7
        metrics:
          - type: Resource
            resource:
              name: cpu
              target: {type: Utilization, averageUtilization: 60}
          - type: External
            external:
              metric: {name: thumbnailer_queue_backlog}
              target: {type: AverageValue, averageValue: 2500m}
      """;

  @TempDir Path directory;

  @Test
  void theShippedManifestsAreRead() {
    ShippedManifests shipped = ShippedManifests.read(SHIPPED);
    assertThat(shipped.cpu().metrics())
        .singleElement()
        .isInstanceOf(MetricSpec.ResourceUtilization.class);
    assertThat(shipped.queue().metrics())
        .first()
        .isInstanceOfSatisfying(
            MetricSpec.ExternalAverageValue.class,
            metric -> assertThat(metric.metric()).isEqualTo("thumbnailer_queue_backlog"));
    assertThat(shipped.keda().metric()).isEqualTo("thumbnailer_queue_backlog");
    assertThat(shipped.keda().hpa().minReplicas()).isEqualTo(1);
    assertThat(shipped.keda().hpa().metrics()).isEqualTo(shipped.queue().metrics());
    assertThat(shipped.worker().slots()).isPositive();
    assertThat(shipped.worker().cpuLimit() * 1000)
        .isGreaterThanOrEqualTo((double) shipped.worker().cpuRequestMilli());
  }

  @Test
  void missingFieldsHaveTheirDefaults() throws Exception {
    HpaSpec spec = HpaManifest.read(write(HPA));
    assertThat(spec.minReplicas()).isEqualTo(1);
    assertThat(spec.maxReplicas()).isEqualTo(7);
    assertThat(spec.metrics())
        .containsExactly(
            new MetricSpec.ResourceUtilization("cpu", 60),
            new MetricSpec.ExternalAverageValue("thumbnailer_queue_backlog", 2500));
    assertThat(spec.behavior()).isEmpty();
  }

  @Test
  void aPartOfABehaviorKeepsTheOtherDefaults() throws Exception {
    HpaSpec spec =
        HpaManifest.read(
            write(
                HPA
                    + """
                      behavior:
                        scaleDown:
                          selectPolicy: Min
                          tolerance: "0.05"
                          policies:
                            - {type: Pods, value: 2, periodSeconds: 90}
                    """));
    assertThat(spec.behavior().orElseThrow().scaleUp()).isEqualTo(ScalingRules.DEFAULT_UP);
    assertThat(spec.behavior().orElseThrow().scaleDown())
        .isEqualTo(
            new ScalingRules(
                OptionalInt.empty(),
                ScalingRules.SelectPolicy.MIN,
                List.of(ScalingPolicy.pods(2, 90)),
                OptionalDouble.of(0.05)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a field that does not exist | maxReplicas: 7 | maxReplica: 7 | maxReplica",
        "a wrong kind                | kind: HorizontalPodAutoscaler | kind: Deployment | not autoscaling/v2",
        "an old version              | autoscaling/v2 | autoscaling/v1 | not autoscaling/v2",
        "no maximum                  | maxReplicas: 7 | minReplicas: 1 | maxReplicas is missing",
        "a maximum below the minimum | maxReplicas: 7 | '{maxReplicas: 1, minReplicas: 3}' | replicas",
        "an unknown kind of metric   | type: External | type: Object | does not model metrics",
        "a target of another kind    | type: AverageValue, averageValue: 2500m | type: Utilization, averageUtilization: 5 | does not fit",
        "a field twice               | maxReplicas: 7 | maxReplicas: 7, maxReplicas: 8 | maxReplicas",
      })
  void invalidFieldsAreNamed(String name, String old, String replacement, String message)
      throws Exception {
    String fields =
        replacement.startsWith("{")
            ? replacement.substring(1, replacement.length() - 1)
            : replacement;
    String indented = fields.contains("Replicas") ? fields.replace(", ", "\n  ") : fields;
    Path file = write(HPA.replace(old, indented));
    assertThatThrownBy(() -> HpaManifest.read(file))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void kedaHasTheDefaultsOfItsDocumentation() throws Exception {
    var spec =
        KedaManifest.read(
            write(
                """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: worker}
                spec:
                  scaleTargetRef: {name: worker}
                  triggers:
                    - type: prometheus
                      metadata:
                        serverAddress: http://prometheus:9090
                        query: sum(thumbnailer_queue_backlog)
                        threshold: "4.5"
                """));
    assertThat(spec.hpa().behavior()).as("KEDA adds none").isEmpty();
    assertThat(spec.pollingInterval()).hasSeconds(30);
    assertThat(spec.cooldownPeriod()).hasSeconds(300);
    assertThat(spec.minReplicas()).isZero();
    assertThat(spec.hpa().minReplicas()).isEqualTo(1);
    assertThat(spec.hpa().maxReplicas()).isEqualTo(100);
    assertThat(spec.activationThreshold()).isZero();
    assertThat(spec.hpa().metrics())
        .containsExactly(new MetricSpec.ExternalAverageValue("thumbnailer_queue_backlog", 4500));
  }

  @Test
  void aScaledObjectWithAnUnknownFieldIsRefused() throws Exception {
    String text = Files.readString(SHIPPED.resolve("components/keda/autoscaler/scaledobject.yaml"));
    Path wrong = write(text.replace("cooldownPeriod:", "coolDownPeriod:"));
    assertThatThrownBy(() -> KedaManifest.read(wrong)).hasMessageContaining("coolDownPeriod");
    Path inBehavior = write(text.replaceFirst("selectPolicy: Max", "selectPolices: Max"));
    assertThatThrownBy(() -> KedaManifest.read(inBehavior)).hasMessageContaining("selectPolices");
  }

  @Test
  void aWorkerWithoutRequestsIsRefused() throws Exception {
    String text = Files.readString(SHIPPED.resolve("base/worker.yaml"));
    Path file = write(text.replaceAll("(?m)^ *cpu: .*$", ""));
    assertThatThrownBy(() -> WorkerManifest.read(file, SHIPPED.resolve("base/config.env")))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("for cpu");
  }

  @Test
  void aMalformedLineOfTheSettingsIsRefused() throws Exception {
    Path file = write("# a comment\n\nTHUMBNAILER_WORKER_CONCURRENCY: 1\n");
    assertThatThrownBy(() -> EnvironmentFile.read(file))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("is not NAME=VALUE");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> ShippedManifests.read(directory))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("hpa.yaml: cannot be read");
  }

  private Path write(String text) throws Exception {
    return Files.writeString(Files.createTempFile(directory, "manifest", ".yaml"), text);
  }
}
