package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code kubectl apply -k} of each directory applies, and that {@code apply -f} of one is
 * harmless.
 */
class KustomizationTest {
  /** Components that cannot be applied alone. */
  private static final Set<String> CHANGES_AN_OVERLAY =
      Set.of("pod-deletion-cost", "traces", "without-worker-autoscaler");

  /** Contains the examples of the secrets instead of the secrets, which git does not have. */
  @TempDir static Path directory;

  private static Path kubernetes;

  @BeforeAll
  static void copyWithSecrets() throws IOException {
    Path project = ProjectFiles.root();
    kubernetes = directory.toRealPath().resolve("kubernetes");
    for (Path file : ProjectFiles.under("kubernetes", "")) {
      String name = project.relativize(file).toString().replaceFirst("\\.env\\.example$", ".env");
      Path copy = directory.toRealPath().resolve(name);
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, ProjectFiles.read(file));
    }
  }

  static List<Path> kustomizations() {
    return Kustomization.files();
  }

  static List<Path> applicable() {
    return kustomizations().stream()
        .filter(file -> !CHANGES_AN_OVERLAY.contains(file.getParent().getFileName().toString()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void listsEveryFileBesideIt(Path file) throws Exception {
    String kustomization = Files.readString(file);
    List<String> missing = new ArrayList<>();
    try (var beside = Files.list(file.getParent())) {
      beside
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml"))
          .filter(name -> !kustomization.contains(" " + name + "\n"))
          .forEach(missing::add);
    }
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("applicable")
  void kubectlRendersItToValidObjectsOfANamespace(Path file) {
    Path relative = ProjectFiles.root().relativize(file.getParent());
    String rendered =
        Tool.required("kubectl")
            .run("kustomize", kubernetes.resolveSibling(relative).toString())
            .output();
    List<JsonNode> objects = Yaml.documents(rendered);
    assertThat(objects).isNotEmpty();
    for (JsonNode object : objects) {
      KubernetesSchema.model(object.at("/apiVersion").asText(), object.at("/kind").asText())
          .ifPresent(model -> KubernetesSchema.validate(model, object));
      Manifest manifest = new Manifest("", object);
      assertThat(object.at("/metadata/namespace").asText())
          .as("namespace of %s", manifest)
          .isEqualTo(manifest.namespace());
    }
  }

  /** Both are generated from files, so that a change of either restarts the pods. */
  @Test
  void podsUseTheHashedNamesOfTheirConfigMapAndSecrets() {
    List<JsonNode> objects = render("resources: [kubernetes/overlays/local]");
    Set<String> generated = new TreeSet<>();
    Set<String> used = new TreeSet<>();
    for (JsonNode object : objects) {
      if (Set.of("ConfigMap", "Secret").contains(object.at("/kind").asText())) {
        generated.add(object.at("/metadata/name").asText());
      }
      object.findValues("configMapRef").forEach(ref -> used.add(ref.at("/name").asText()));
      object.findValues("configMapKeyRef").forEach(ref -> used.add(ref.at("/name").asText()));
      object.findValues("secretRef").forEach(ref -> used.add(ref.at("/name").asText()));
      object.findValues("secretKeyRef").forEach(ref -> used.add(ref.at("/name").asText()));
    }
    assertThat(generated).hasSize(4).allMatch(name -> name.matches(".+-[a-z0-9]{10}"));
    assertThat(used).isEqualTo(generated);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hpa-cpu", "hpa-queue", "keda"})
  void anotherAutoscalerOfTheWorkersReplacesTheDefault(String way) {
    List<JsonNode> objects =
        render("resources: [kubernetes]\ncomponents: [kubernetes/components/" + way + "]");
    List<JsonNode> autoscalers =
        objects.stream()
            .filter(o -> o.at("/spec/scaleTargetRef/name").asText().equals("worker"))
            .toList();
    assertThat(autoscalers).hasSize(1);
    assertThat(autoscalers.get(0).at("/spec"))
        .isEqualTo(
            Manifests.ofKind("HorizontalPodAutoscaler", "ScaledObject")
                .filter(m -> m.file().contains("components/" + way + "/"))
                .findAny()
                .orElseThrow()
                .at("/spec"));
  }

  @Test
  void theTracesComponentAllowsTheConnectionToItsEndpointAndNoOther() {
    List<JsonNode> objects =
        render("resources: [kubernetes]\ncomponents: [kubernetes/components/traces]");
    JsonNode settings = Yaml.object(objects, "ConfigMap", "thumbnailer-config").at("/data");
    assertThat(settings.at("/OTEL_SDK_DISABLED").asText()).isEqualTo("false");
    URI endpoint = URI.create(settings.at("/OTEL_EXPORTER_OTLP_ENDPOINT").asText());
    String host = endpoint.getHost();
    JsonNode egress = Yaml.object(objects, "NetworkPolicy", "allow-traces").at("/spec/egress");
    assertThat(egress)
        .hasToString(
            ("[{'ports':[{'port':%d,'protocol':'TCP'}],'to':[{'namespaceSelector':"
                    + "{'matchLabels':{'kubernetes.io/metadata.name':'%s'}}}]}]")
                .formatted(endpoint.getPort(), host.substring(host.indexOf('.') + 1))
                .replace('\'', '"'));
  }

  /**
   * {@code apply -f} of a directory reads these files; a Secret among them would replace the live
   * one.
   */
  @Test
  void noAppliedFileContainsASecret() {
    assertThat(Manifests.ofKind("Secret")).isEmpty();
  }

  /**
   * What an overlay changes has no namespace, so that {@code apply -f} does not undo the change.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"Deployment", "StatefulSet", "Service", "HorizontalPodAutoscaler", "ScaledObject"})
  void applyOfAFileCannotChangeWhatAnOverlayApplied(String kind) {
    assertThat(Manifests.ofKind(kind)).isNotEmpty();
    assertThat(Manifests.ofKind(kind)).allMatch(m -> m.text("/metadata/namespace").isEmpty());
  }

  /** A policy that selects every pod must not reach another namespace. */
  @Test
  void everyNetworkPolicyNamesItsNamespace() {
    assertThat(Manifests.ofKind("NetworkPolicy", "Role", "RoleBinding"))
        .noneMatch(m -> m.text("/metadata/namespace").isEmpty());
  }

  private static List<JsonNode> render(String kustomization) {
    try {
      Files.writeString(
          kubernetes.resolveSibling("kustomization.yaml"),
          "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n" + kustomization);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Tool kubectl = Tool.required("kubectl");
    return Yaml.documents(kubectl.run("kustomize", kubernetes.getParent().toString()).output());
  }
}
