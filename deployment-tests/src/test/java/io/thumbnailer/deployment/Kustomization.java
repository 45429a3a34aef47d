package io.thumbnailer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;

/** The kustomization files of the project. */
final class Kustomization {
  private Kustomization() {}

  static List<Path> files() {
    return ProjectFiles.under("kubernetes", "kustomization.yaml");
  }

  /** The names of the config maps that kustomizations make of files. */
  static List<String> generatedConfigMaps() {
    return files().stream()
        .map(file -> Yaml.document(ProjectFiles.read(file)))
        .flatMap(file -> Manifest.elements(file.at("/configMapGenerator")).stream())
        .map(generator -> generator.at("/name").asText())
        .toList();
  }

  /** What a kustomization lists. */
  static List<String> resources(JsonNode kustomization) {
    return Manifest.elements(kustomization.at("/resources")).stream()
        .map(JsonNode::asText)
        .toList();
  }
}
