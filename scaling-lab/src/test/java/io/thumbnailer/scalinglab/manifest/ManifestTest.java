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
import java.util.Set;
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

  private static final String SCALED_OBJECT =
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
        "a maximum below the minimum | maxReplicas: 7 | maxReplicas: 1;  minReplicas: 3 | replicas",
        "an unknown kind of metric   | type: External | type: Object | does not model metrics",
        "a target of another kind    | type: AverageValue, averageValue: 2500m | type: Utilization, averageUtilization: 5 | does not fit",
        "a field twice               | maxReplicas: 7 | maxReplicas: 7;  maxReplicas: 8 | maxReplicas",
        "a version of old clusters   | autoscaling/v2 | autoscaling/v2beta2 | kubectl get hpa.v2.autoscaling",
        "a wrong option              | autoscaling/v2;kind: HorizontalPodAutoscaler | keda.sh/v1alpha1;kind: ScaledObject | --scaled-object",
        "no spec                     | * | apiVersion: autoscaling/v2;kind: HorizontalPodAutoscaler | spec is missing",
        "no metadata                 | metadata:;  name: worker; | | metadata is missing",
        "no resource                 | ;      resource:;        name: cpu;        target: {type: Utilization, averageUtilization: 60} | | spec.metrics[0].resource is missing",
        "no target                   | ;        target: {type: Utilization, averageUtilization: 60} | | spec.metrics[0].resource.target is missing",
        "no type of target           | type: Utilization, | | does not fit its metric",
        "no utilization              | , averageUtilization: 60 | | averageUtilization is missing",
        "no metric                   | ;        metric: {name: thumbnailer_queue_backlog} | | spec.metrics[1].external.metric is missing",
        "no value                    | averageValue: 2500m | value: 3 | does not fit its metric",
        "a text for a number         | maxReplicas: 7 | maxReplicas: many | spec.maxReplicas is not valid",
        "a list for an object        | metadata:;  name: worker | metadata: [worker] | metadata is not valid",
        "a quantity out of range     | 2500m | 9000000000000E | is not a quantity in range",
        "a quantity without a number | 2500m | lots | lots is not a quantity",
        "a template                  | maxReplicas: 7 | 'maxReplicas: {{ .Values.max }}' | is a Helm template",
        "a tab                       | '  maxReplicas: 7' | '\tmaxReplicas: 7' | TAB",
        "nothing at all              | * | | is empty",
        "a text                      | * | hello | without apiVersion and kind",
      })
  void invalidFieldsAreNamed(String name, String old, String replacement, String message)
      throws Exception {
    String without = old.replace(";", "\n");
    String with = replacement == null ? "" : replacement.replace(";", "\n");
    assertThat(HPA + "*").contains(without);
    Path file = write(without.equals("*") ? with : HPA.replace(without, with));
    assertThatThrownBy(() -> HpaManifest.read(file))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void anAutoscalerWithoutMetricsScalesOnCpuAsTheApiServerFillsIn() throws Exception {
    HpaSpec spec = HpaManifest.read(write(HPA.substring(0, HPA.indexOf("  metrics:"))));
    assertThat(spec.metrics()).containsExactly(new MetricSpec.ResourceUtilization("cpu", 80));
  }

  @Test
  void theAutoscalerIsFoundAmongOtherDocuments() throws Exception {
    String service = "apiVersion: v1\nkind: Service\nmetadata: {name: worker}\n";
    HpaSpec spec = HpaManifest.read(write(service + "---\n" + HPA + "---\n# nothing\n"));
    assertThat(spec.maxReplicas()).isEqualTo(7);
    Path two = write(HPA + "---\n" + HPA);
    assertThatThrownBy(() -> HpaManifest.read(two)).hasMessageContaining("has 2 objects");
    Path none = write(service + "---\napiVersion: apps/v1\nkind: Deployment\n");
    assertThatThrownBy(() -> HpaManifest.read(none))
        .hasMessageContaining("is v1 Service, apps/v1 Deployment, not autoscaling/v2");
  }

  @Test
  void theAnswerOfAClusterIsRead() throws Exception {
    HpaSpec spec =
        HpaManifest.read(
            write(
                HPA.replace("  name: worker\n", "  name: worker\n  uid: 1-2\n  managedFields: []\n")
                    + """
                    status:
                      currentReplicas: 1
                      desiredReplicas: 1
                      currentMetrics:
                        - type: External
                          external:
                            metric: {name: thumbnailer_queue_backlog}
                            current: {averageValue: "0"}
                      conditions:
                        - {type: AbleToScale, status: "True", reason: ReadyForNewScale}
                    """));
    assertThat(spec.maxReplicas()).isEqualTo(7);
  }

  @Test
  void aFileThatIsNoManifestIsRefusedBeforeItIsParsed() throws Exception {
    Path large = write("#".repeat(1024 * 1024 + 1));
    assertThatThrownBy(() -> HpaManifest.read(large)).hasMessageContaining("larger than 1 MiB");
    Path binary = Files.write(directory.resolve("image.yaml"), new byte[] {(byte) 0xff, 0, 1});
    assertThatThrownBy(() -> HpaManifest.read(binary)).hasMessageContaining("UTF-8");
    String bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n";
    for (char c = 'b'; c < 'z'; c++) {
      bomb += c + ": &" + c + " [" + ("*" + (char) (c - 1) + ",").repeat(9) + "]\n";
    }
    Path aliases = write(bomb);
    assertThatThrownBy(() -> HpaManifest.read(aliases)).isInstanceOf(ManifestException.class);
  }

  @Test
  void kedaHasTheDefaultsOfItsDocumentation() throws Exception {
    var spec = KedaManifest.read(write(SCALED_OBJECT));
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

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "another kind of trigger | type: prometheus | type: redis-streams | a trigger is on redis-streams",
        "only a trigger on cpu   | type: prometheus | type: cpu | has 1 triggers",
        "a metric of others      | thumbnailer_queue_backlog | rabbitmq_queue_messages | names no metric that the lab knows",
        "no threshold            | 'threshold: \"4.5\"' | 'other: \"4.5\"' | threshold must be a number",
        "a threshold of nothing  | '\"4.5\"' | '\"NaN\"' | threshold must be a number",
        "a negative cooldown     | triggers: | 'cooldownPeriod: -1;  triggers:' | cooldown period must not be negative",
        "an HPA                  | keda.sh/v1alpha1;kind: ScaledObject | autoscaling/v2;kind: HorizontalPodAutoscaler | --hpa",
        "a part of KEDA          | triggers: | 'advanced: {scalingModifiers: {formula: a}};  triggers:' | spec.advanced.scalingModifiers is not a field",
      })
  void whatIsWrongInAScaledObjectIsNamed(
      String name, String old, String replacement, String message) throws Exception {
    String without = old.replace(";", "\n");
    assertThat(SCALED_OBJECT).contains(without);
    Path file = write(SCALED_OBJECT.replace(without, replacement.replace(";", "\n")));
    assertThatThrownBy(() -> KedaManifest.read(file))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aTriggersQueryMayNameAMetricOfTheUser() throws Exception {
    Path file =
        write(SCALED_OBJECT.replace("thumbnailer_queue_backlog", "rabbitmq_queue_messages"));
    assertThat(KedaManifest.read(file, Set.of("rabbitmq_queue_messages")).metric())
        .isEqualTo("rabbitmq_queue_messages");
    assertThatThrownBy(() -> KedaManifest.read(file, Set.of("rabbitmq_queue")))
        .hasMessageContaining("names no metric");
  }

  @Test
  void theTriggersOfAScaledObjectMayHaveAnyOrder() throws Exception {
    var spec =
        KedaManifest.read(
            write(
                SCALED_OBJECT.replace(
                    "  triggers:\n",
                    """
                      triggers:
                        - type: cpu
                          metricType: Utilization
                          metadata: {value: "70"}
                    """)));
    assertThat(spec.hpa().metrics())
        .containsExactlyInAnyOrder(
            new MetricSpec.ExternalAverageValue("thumbnailer_queue_backlog", 4500),
            new MetricSpec.ResourceUtilization("cpu", 70));
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
