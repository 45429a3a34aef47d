package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects that a manifest refers to exist in another one. */
class ManifestReferencesTest {

  static List<Manifest> workloads() {
    return Manifests.workloads();
  }

  static Stream<Manifest> services() {
    return Manifests.ofKind("Service");
  }

  static Stream<Manifest> autoscalers() {
    return Manifests.ofKind("HorizontalPodAutoscaler", "ScaledObject");
  }

  static Stream<Manifest> budgets() {
    return Manifests.ofKind("PodDisruptionBudget");
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void workloadSelectsItsOwnPodsAndNoOthers(Manifest workload) {
    JsonNode selector = workload.at("/spec/selector");
    assertThat(Manifests.selected(workload.namespace(), selector)).containsExactly(workload);
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void spreadConstraintsCountTheOwnPods(Manifest workload) {
    for (JsonNode constraint :
        Manifest.elements(workload.podSpec().at("/topologySpreadConstraints"))) {
      assertThat(Manifests.selected(workload.namespace(), constraint.at("/labelSelector")))
          .containsExactly(workload);
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void podsServiceAccountExists(Manifest workload) {
    assertThat(
            Manifests.named(
                "ServiceAccount",
                workload.namespace(),
                workload.podSpec().at("/serviceAccountName").asText()))
        .hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void environmentComesFromKeysThatExist(Manifest workload) {
    for (JsonNode container : workload.containers()) {
      for (JsonNode source : Manifest.elements(container.at("/envFrom"))) {
        require("ConfigMap", workload, source.at("/configMapRef/name"));
        require("Secret", workload, source.at("/secretRef/name"));
      }
      for (JsonNode variable : Manifest.elements(container.at("/env"))) {
        requireKey("Secret", workload, variable.at("/valueFrom/secretKeyRef"));
        requireKey("ConfigMap", workload, variable.at("/valueFrom/configMapKeyRef"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void everyMountHasItsVolumeAndEveryVolumeItsSource(Manifest workload) {
    List<String> volumes = new ArrayList<>(Manifest.names(workload.podSpec().at("/volumes")));
    workload
        .list("/spec/volumeClaimTemplates")
        .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
    List<String> mounted = new ArrayList<>();
    workload.containers().forEach(c -> mounted.addAll(Manifest.names(c.at("/volumeMounts"))));
    assertThat(mounted).containsAll(volumes).isSubsetOf(volumes);
    for (JsonNode volume : Manifest.elements(workload.podSpec().at("/volumes"))) {
      require("ConfigMap", workload, volume.at("/configMap/name"));
      if (!volume.at("/secret/optional").asBoolean()) {
        require("Secret", workload, volume.at("/secret/secretName"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void probesUsePortsOfTheirContainer(Manifest workload) {
    for (JsonNode container : workload.containers()) {
      List<String> ports = Manifest.names(container.at("/ports"));
      for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
        for (String way : List.of("httpGet", "tcpSocket")) {
          JsonNode port = container.at("/" + probe + "/" + way + "/port");
          if (!port.isMissingNode()) {
            assertThat(ports).contains(port.asText());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void serviceLeadsToANamedPortOfSomePod(Manifest service) {
    List<Manifest> targets =
        workloads().stream()
            .filter(w -> w.namespace().equals(service.namespace()))
            .filter(w -> hasAll(w.podLabels(), Manifest.map(service.at("/spec/selector"))))
            .toList();
    assertThat(targets).hasSize(1);
    for (JsonNode port : service.list("/spec/ports")) {
      assertThat(portNames(targets.get(0))).contains(port.at("/targetPort").asText());
    }
  }

  @ParameterizedTest
  @MethodSource("autoscalers")
  void autoscalerScalesADeploymentWithoutReplicas(Manifest autoscaler) {
    String target = autoscaler.text("/spec/scaleTargetRef/name");
    Manifest deployment = Manifests.one("Deployment", target);
    assertThat(deployment.namespace()).isEqualTo(autoscaler.namespace());
    assertThat(deployment.at("/spec/replicas").isMissingNode()).isTrue();
    for (JsonNode metric : autoscaler.list("/spec/metrics")) {
      JsonNode container = metric.at("/containerResource/container");
      if (!container.isMissingNode()) {
        assertThat(Manifest.names(deployment.podSpec().at("/containers")))
            .contains(container.asText());
      }
    }
  }

  @Test
  void autoscalersOfTheWorkersReplaceEachOther() {
    String keda =
        Manifests.one("ScaledObject", "worker")
            .text("/spec/advanced/horizontalPodAutoscalerConfig/name");
    assertThat(autoscalers().filter(m -> m.text("/spec/scaleTargetRef/name").equals("worker")))
        .hasSize(3)
        .allMatch(m -> m.name().equals(keda));
  }

  @ParameterizedTest
  @MethodSource("budgets")
  void budgetSelectsExactlyOneWorkload(Manifest budget) {
    assertThat(Manifests.selected(budget.namespace(), budget.at("/spec/selector"))).hasSize(1);
  }

  /** Base and monitoring leave the class to the cluster; EKS has no default one. */
  @Test
  void claimsOnEksUseTheStorageClassOfTheOverlay() {
    Tool kubectl = Tool.required("kubectl");
    String classes = Manifests.ofKind("StorageClass").map(Manifest::name).findAny().orElseThrow();
    for (String directory : List.of("kubernetes", "kubernetes/monitoring")) {
      List<JsonNode> claims =
          Yaml.documents(kubectl.run("kustomize", directory).output()).stream()
              .flatMap(o -> Manifest.elements(o.at("/spec/volumeClaimTemplates")).stream())
              .toList();
      assertThat(claims).isNotEmpty();
      assertThat(claims)
          .allMatch(claim -> claim.at("/spec/storageClassName").asText().equals(classes));
    }
    assertThat(kubectl.run("kustomize", "kubernetes/overlays/local").output())
        .doesNotContain("storageClassName");
    assertThat(kubectl.run("kustomize", "kubernetes/overlays/elasticache").output())
        .contains("kind: StorageClass");
  }

  private static void require(String kind, Manifest user, JsonNode name) {
    if (!name.isMissingNode()) {
      assertThat(Kustomization.generatedKeys(kind, name.asText()))
          .as("%s %s, which %s uses", kind, name.asText(), user)
          .isNotEmpty();
    }
  }

  private static void requireKey(String kind, Manifest user, JsonNode reference) {
    if (!reference.isMissingNode()) {
      assertThat(Kustomization.generatedKeys(kind, reference.at("/name").asText()))
          .as("keys of the %s that %s uses", kind, user)
          .contains(reference.at("/key").asText());
    }
  }

  private static boolean hasAll(Map<String, String> labels, Map<String, String> wanted) {
    return !wanted.isEmpty() && labels.entrySet().containsAll(wanted.entrySet());
  }

  private static List<String> portNames(Manifest workload) {
    List<String> names = new ArrayList<>();
    workload.containers().forEach(c -> names.addAll(Manifest.names(c.at("/ports"))));
    return names;
  }
}
