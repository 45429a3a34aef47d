package io.thumbnailer.scalinglab.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Against the client's own model of an API server. */
@EnableKubernetesMockClient(crud = true)
class ClusterRecorderTest {
  private static final String NAMESPACE = "thumbnailer";

  KubernetesClient client;

  @Test
  void aRowContainsTheStateOfTheCluster() {
    create();
    client.resource(pod("worker-a", "Running", "True")).create();
    client.resource(pod("worker-b", "Running", "False")).create();
    client.resource(pod("worker-c", "Pending", "False")).create();
    ClusterRow row = new ClusterRecorder(client, NAMESPACE, "worker", () -> 17).look(30);
    assertThat(row.currentReplicas()).isEqualTo(2);
    assertThat(row.desiredReplicas()).isEqualTo(3);
    assertThat(row.scalingLimited()).isEqualTo("True ScaleUpLimit");
    assertThat(row.ableToScale()).isEmpty();
    assertThat(row.pending()).isEqualTo(1);
    assertThat(row.running()).isEqualTo(2);
    assertThat(row.ready()).isEqualTo(1);
    // The server sets the creation time itself: now.
    assertThat(row.newestReadySeconds()).isBetween(3000.0, 3601.0);
    assertThat(row.backlog()).isEqualTo(17);
    assertThat(row.cpuCores()).as("there is no metrics-server").isNaN();
  }

  @Test
  void aMissingAutoscalerIsNamed() {
    assertThatThrownBy(() -> new ClusterRecorder(client, NAMESPACE, "nobody", () -> 0).look(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no HorizontalPodAutoscaler nobody");
  }

  @Test
  void theBacklogIsReadFromAScrapeOfARunningServer() throws IOException {
    String text =
        Files.readString(Path.of("../deployment-tests/src/test/resources/recorded/ingest.prom"));
    assertThat(PrometheusText.sum(text, "thumbnailer_queue_backlog")).isZero();
    assertThat(PrometheusText.sum(text, "thumbnailer_uploads_total")).isEqualTo(7);
  }

  @Test
  void seriesOfAMetricAreSummed() {
    String text =
        """
        # TYPE thumbnailer_queue_backlog gauge
        thumbnailer_queue_backlog{lane="high",mp_scope="application",} 3.0
        thumbnailer_queue_backlog{lane="low",} 4.0 1700000000
        thumbnailer_queue_backlog_other 9.0
        """;
    assertThat(PrometheusText.sum(text, "thumbnailer_queue_backlog")).isEqualTo(7);
    assertThat(PrometheusText.sum(text, "thumbnailer_queue_backlog_other")).isEqualTo(9);
    assertThat(PrometheusText.sum(text, "missing")).isNaN();
    assertThat(PrometheusText.sum("m NaN\n", "m")).isNaN();
  }

  private void create() {
    client
        .resource(
            new DeploymentBuilder()
                .withNewMetadata()
                .withName("worker")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", "worker")
                .endSelector()
                .endSpec()
                .build())
        .create();
    client
        .resource(
            new HorizontalPodAutoscalerBuilder()
                .withNewMetadata()
                .withName("worker")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withMaxReplicas(5)
                .withNewScaleTargetRef("apps/v1", "Deployment", "worker")
                .endSpec()
                .withNewStatus()
                .withCurrentReplicas(2)
                .withDesiredReplicas(3)
                .addNewCondition()
                .withType("ScalingLimited")
                .withStatus("True")
                .withReason("ScaleUpLimit")
                .endCondition()
                .endStatus()
                .build())
        .create();
  }

  private static Pod pod(String name, String phase, String ready) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .addToLabels("app", "worker")
        .endMetadata()
        .withNewStatus()
        .withPhase(phase)
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready)
        .withLastTransitionTime(
            Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS).toString())
        .endCondition()
        .endStatus()
        .build();
  }
}
