package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods have minimal privileges and fixed resources. */
class PodHardeningTest {
  private static final int DEREGISTRATION_SECONDS = 30;
  private static final List<String> OUR_APPLICATIONS = List.of("ingest", "worker");

  static List<Manifest> workloads() {
    return Manifests.workloads();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void podMeetsTheRestrictedStandard(Manifest workload) {
    JsonNode pod = workload.podSpec();
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(pod.has("hostNetwork") || pod.has("hostPID") || pod.has("hostIPC")).isFalse();
    for (JsonNode container : workload.containers()) {
      JsonNode security = container.at("/securityContext");
      assertThat(security.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(security.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(security.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void containerHasRequestsAndAMemoryLimitThatIsTheRequest(Manifest workload) {
    for (JsonNode container : workload.containers()) {
      JsonNode resources = container.at("/resources");
      assertThat(resources.at("/requests/cpu").asText()).isNotEmpty();
      assertThat(resources.at("/limits/memory").asText())
          .isNotEmpty()
          .isEqualTo(resources.at("/requests/memory").asText());
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void writableDirectoriesHaveASize(Manifest workload) {
    for (JsonNode volume : Manifest.elements(workload.podSpec().at("/volumes"))) {
      if (volume.has("emptyDir")) {
        assertThat(volume.at("/emptyDir/sizeLimit").asText()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void imageIsPinnedToAVersion(Manifest workload) {
    for (JsonNode container : workload.containers()) {
      assertThat(container.at("/image").asText())
          .matches(".+:(v?\\d+\\.\\d+\\.\\d+.*|RELEASE\\.[\\dTZ-]+)");
    }
  }

  @Test
  void ourApplicationsHaveAllThreeProbes() {
    for (String name : OUR_APPLICATIONS) {
      JsonNode container = Manifests.one("Deployment", name).containers().get(0);
      assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/health/started");
      assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
      assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
    }
  }

  @Test
  void workerIsGivenLongerThanItsOwnGrace() {
    Duration grace =
        Duration.parse(
            Kustomization.settings(ProjectFiles.path("kubernetes/base/config.env"))
                .get("THUMBNAILER_WORKER_SHUTDOWN_GRACE"));
    int pod =
        Manifests.one("Deployment", "worker")
            .podSpec()
            .at("/terminationGracePeriodSeconds")
            .asInt();
    // Liberty gives its applications 30 s to stop, whatever the worker's grace is
    assertThat(Duration.ofSeconds(pod))
        .isGreaterThan(Duration.ofSeconds(30))
        .isGreaterThan(grace.plusSeconds(10));
  }

  @Test
  void ingestIsGivenLongerThanThePreStopAndLibertysStop() {
    JsonNode pod = Manifests.one("Deployment", "ingest").podSpec();
    int preStop = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();
    assertThat(preStop).isGreaterThan(DEREGISTRATION_SECONDS);
    assertThat(ProjectFiles.read("kubernetes/overlays/eks/kustomization.yaml"))
        .contains("deregistration_delay.timeout_seconds=" + DEREGISTRATION_SECONDS + "\n");
    assertThat(pod.at("/terminationGracePeriodSeconds").asInt()).isGreaterThan(preStop + 30);
  }

  /** A lost node's pods are replaced when Kubernetes has noticed it, not 300 s later. */
  @Test
  void podsOfALostNodeAreReplacedAtOnce() {
    for (String name : OUR_APPLICATIONS) {
      for (JsonNode toleration : Manifests.one("Deployment", name).podSpec().at("/tolerations")) {
        assertThat(toleration.at("/effect").asText()).isEqualTo("NoExecute");
        assertThat(toleration.at("/tolerationSeconds").asInt(300)).isLessThanOrEqualTo(5);
      }
      assertThat(
              Manifest.elements(Manifests.one("Deployment", name).podSpec().at("/tolerations"))
                  .stream()
                  .map(toleration -> toleration.at("/key").asText()))
          .containsExactlyInAnyOrder(
              "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
    }
  }

  @Test
  void onlyPodsThatUseTheKubernetesApiGetItsToken() {
    for (Manifest workload : workloads()) {
      boolean needsIt = workload.name().startsWith("prometheus");
      assertThat(workload.podSpec().at("/automountServiceAccountToken").asBoolean(true))
          .as("token in %s", workload)
          .isEqualTo(needsIt);
    }
  }
}
