package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubernetes.client.openapi.models.V1Deployment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every manifest is an object that the Kubernetes API would accept. */
class ManifestSchemaTest {
  static List<Manifest> manifests() {
    return Manifests.all();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void objectHasOnlyKnownFieldsAndAllRequiredOnes(Manifest manifest) {
    var model = KubernetesSchema.model(manifest.apiVersion(), manifest.kind());
    if (model.isPresent()) {
      KubernetesSchema.validate(model.get(), manifest.content());
    } else {
      // a custom resource: its operator's schema is not part of Kubernetes
      assertThat(CustomResourceSchema.problems(manifest.kind(), manifest.at("/spec"))).isEmpty();
    }
  }

  @Test
  void noObjectIsDefinedTwiceExceptTheAlternativesOfTheAutoscaler() {
    List<String> twice =
        Manifests.all().stream()
            .map(m -> m.kind() + " " + m.namespace() + "/" + m.name())
            .filter(id -> !id.equals("HorizontalPodAutoscaler thumbnailer/worker"))
            .toList();
    assertThat(twice).doesNotHaveDuplicates();
  }

  @Test
  void schemaRefusesAMisspeltField() {
    assertThatThrownBy(() -> KubernetesSchema.validate(V1Deployment.class, withField("replica: 2")))
        .hasMessageContaining("replica");
  }

  @Test
  void schemaOfACustomResourceRefusesWhatItsOperatorWould() {
    JsonNode spec =
        Yaml.document(
            """
            minReplicaCounts: 0
            maxReplicaCount: many
            fallback: {replicas: 3, behavior: dynamic}
            triggers: [{type: cpu}]
            """);
    assertThat(CustomResourceSchema.problems("ScaledObject", spec))
        .containsExactlyInAnyOrder(
            "spec.minReplicaCounts: unknown",
            "spec.maxReplicaCount: must be number",
            "spec.fallback.behavior: must be one of"
                + " [\"static\",\"currentReplicas\",\"currentReplicasIfHigher\",\"currentReplicasIfLower\"]",
            "spec.fallback.failureThreshold: missing",
            "spec.triggers[0].metadata: missing",
            "spec.scaleTargetRef: missing");
  }

  @Test
  void schemaRefusesAWrongType() {
    assertThatThrownBy(
            () -> KubernetesSchema.validate(V1Deployment.class, withField("replicas: many")))
        .hasMessageContaining("many");
  }

  private static JsonNode withField(String field) {
    return Yaml.document(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: x}
        spec:
          %s
          selector: {matchLabels: {a: b}}
          template: {metadata: {labels: {a: b}}}
        """
            .formatted(field));
  }
}
