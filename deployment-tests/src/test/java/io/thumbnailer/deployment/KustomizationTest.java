package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code kubectl apply -k} applies what the folder holds. */
class KustomizationTest {
  /** Alternatives, and what must not be applied as it is. */
  private static final Set<String> LEFT_OUT =
      Set.of("hpa-queue.yaml", "elasticache.yaml", "secret.example.yaml");

  static List<Path> kustomizations() {
    return Kustomization.files();
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void listsEveryFileBesideIt(Path file) throws Exception {
    JsonNode kustomization = Yaml.document(Files.readString(file));
    List<String> expected = new ArrayList<>();
    try (var beside = Files.list(file.getParent())) {
      beside
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml"))
          .filter(name -> !LEFT_OUT.contains(name))
          .filter(name -> !kustomization.at("/configMapGenerator").toString().contains(name))
          .forEach(expected::add);
    }
    assertThat(Kustomization.resources(kustomization))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void kubectlRendersItToValidObjects(Path file) {
    Tool kubectl = Tool.required("kubectl");
    String rendered = kubectl.run("kustomize", file.getParent().toString()).output();
    List<JsonNode> objects = Yaml.documents(rendered);
    assertThat(objects).isNotEmpty();
    for (JsonNode object : objects) {
      KubernetesSchema.model(object.at("/apiVersion").asText(), object.at("/kind").asText())
          .ifPresent(model -> KubernetesSchema.validate(model, object));
    }
  }
}
