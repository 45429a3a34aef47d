package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component with which workers report their deletion cost to Kubernetes. */
class PodDeletionCostTest {
  private static final String COMPONENT = "kubernetes/components/pod-deletion-cost/";

  @Test
  void podDeletionCostIsOffUnlessListed() {
    String rendered = Tool.required("kubectl").run("kustomize", "kubernetes").output();
    assertThat(rendered).doesNotContain("POD_DELETION_COST", "worker-pod-deletion-cost");
  }

  @Test
  void theComponentMountsTheTokenAndEnablesTheSetting(@TempDir Path directory) throws Exception {
    // kustomize takes relative directories only
    Path kubernetes =
        directory.toRealPath().relativize(ProjectFiles.path("kubernetes").toRealPath());
    Files.writeString(
        directory.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources: [%1$s]
        components: [%1$s/components/pod-deletion-cost]
        """
            .formatted(kubernetes));
    List<JsonNode> objects =
        Yaml.documents(Tool.required("kubectl").run("kustomize", directory.toString()).output());
    assertThat(mountsToken(objects, "worker")).isTrue();
    assertThat(mountsToken(objects, "ingest")).isFalse();
    JsonNode settings = Yaml.object(objects, "ConfigMap", "thumbnailer-config").at("/data");
    assertThat(settings.at("/THUMBNAILER_WORKER_POD_DELETION_COST").asText()).isEqualTo("true");
    assertThat(ConfigurationKeysTest.known()).contains("THUMBNAILER_WORKER_POD_DELETION_COST");
    assertThat(objects.toString()).contains("thumbnailer-worker-own-pod-only");
  }

  @Test
  void theWorkerMayPatchPodsAndNothingElse() {
    Manifest role = Manifests.one("Role", "worker-pod-deletion-cost");
    assertThat(role.at("/rules"))
        .hasToString("[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"patch\"]}]");
    Manifest binding = Manifests.one("RoleBinding", "worker-pod-deletion-cost");
    assertThat(binding.text("/roleRef/name")).isEqualTo(role.name());
    assertThat(binding.at("/subjects"))
        .hasToString(
            "[{\"kind\":\"ServiceAccount\",\"name\":\"worker\",\"namespace\":\"thumbnailer\"}]");
  }

  /** Without the policy the role would let a worker change any pod of the namespace. */
  @Test
  void thePolicyDeniesAllButTheAnnotationThatTheCodeSets() {
    Manifest policy = Manifests.one("ValidatingAdmissionPolicy", "thumbnailer-worker-own-pod-only");
    Manifest binding =
        Manifests.one("ValidatingAdmissionPolicyBinding", "thumbnailer-worker-own-pod-only");
    assertThat(binding.text("/spec/policyName")).isEqualTo(policy.name());
    assertThat(binding.at("/spec/validationActions")).hasToString("[\"Deny\"]");
    assertThat(policy.text("/spec/failurePolicy")).isEqualTo("Fail");
    assertThat(policy.text("/spec/matchConditions/0/expression"))
        .isEqualTo("request.userInfo.username == 'system:serviceaccount:thumbnailer:worker'");
    String annotation = policy.text("/spec/variables/2/expression").replace("'", "");
    assertThat(ProjectFiles.mainSources("worker-war")).contains('"' + annotation + '"');
    assertThat(ProjectFiles.read(COMPONENT + "own-pod-only.yaml"))
        .contains("object.spec == oldObject.spec");
  }

  private static boolean mountsToken(List<JsonNode> objects, String deployment) {
    return Yaml.object(objects, "Deployment", deployment)
        .at("/spec/template/spec/automountServiceAccountToken")
        .asBoolean();
  }
}
