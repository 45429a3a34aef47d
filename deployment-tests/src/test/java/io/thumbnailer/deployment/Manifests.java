package io.thumbnailer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** All Kubernetes objects of the project. */
final class Manifests {
  private static final List<Manifest> ALL =
      ProjectFiles.under("kubernetes", ".yaml").stream()
          .flatMap(
              file -> {
                String name = ProjectFiles.root().relativize(file).toString();
                return Yaml.documents(ProjectFiles.read(file)).stream()
                    .map(document -> new Manifest(name, document));
              })
          // files that are not Kubernetes objects: Helm values, rule files
          .filter(manifest -> !manifest.kind().isEmpty())
          .filter(manifest -> !List.of("Kustomization", "Component").contains(manifest.kind()))
          .toList();

  private Manifests() {}

  static List<Manifest> all() {
    return ALL;
  }

  static Stream<Manifest> ofKind(String... kinds) {
    return ALL.stream().filter(m -> List.of(kinds).contains(m.kind()));
  }

  /** All workloads. */
  static List<Manifest> workloads() {
    return ALL.stream().filter(Manifest::isWorkload).toList();
  }

  static Stream<Manifest> named(String kind, String namespace, String name) {
    return ofKind(kind).filter(m -> m.name().equals(name) && m.namespace().equals(namespace));
  }

  static Manifest one(String kind, String name) {
    List<Manifest> found = ofKind(kind).filter(m -> m.name().equals(name)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(kind + " " + name + " is there " + found.size() + " times");
    }
    return found.get(0);
  }

  /** The workloads of a namespace whose pods a label selector selects. */
  static List<Manifest> selected(String namespace, JsonNode selector) {
    return workloads().stream()
        .filter(workload -> workload.namespace().equals(namespace))
        .filter(workload -> selects(selector, workload.podLabels()))
        .toList();
  }

  /** Whether a selector (matchLabels and matchExpressions with In) selects these labels. */
  static boolean selects(JsonNode selector, Map<String, String> labels) {
    boolean equal =
        labels.entrySet().containsAll(Manifest.map(selector.at("/matchLabels")).entrySet());
    return equal
        && Manifest.elements(selector.at("/matchExpressions")).stream()
            .allMatch(expression -> in(expression, labels));
  }

  private static boolean in(JsonNode expression, Map<String, String> labels) {
    if (!expression.at("/operator").asText().equals("In")) {
      throw new IllegalArgumentException("these tests know only In: " + expression);
    }
    String actual = labels.get(expression.at("/key").asText());
    return Manifest.elements(expression.at("/values")).stream()
        .anyMatch(value -> Objects.equals(actual, value.asText()));
  }
}
