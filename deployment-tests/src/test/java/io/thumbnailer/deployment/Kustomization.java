package io.thumbnailer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The kustomization files of the project. */
final class Kustomization {
  private Kustomization() {}

  static List<Path> files() {
    return ProjectFiles.under("kubernetes", "kustomization.yaml");
  }

  /**
   * The keys that kustomizations add to a ConfigMap or a Secret, in all directories together.
   *
   * @param kind ConfigMap or Secret
   */
  static Set<String> generatedKeys(String kind, String name) {
    Set<String> keys = new TreeSet<>();
    for (Path file : files()) {
      String generators = kind.equals("Secret") ? "/secretGenerator" : "/configMapGenerator";
      for (JsonNode generator : Yaml.document(ProjectFiles.read(file)).at(generators)) {
        if (generator.at("/name").asText().equals(name)) {
          for (JsonNode env : generator.at("/envs")) {
            keys.addAll(settings(file.resolveSibling(env.asText())).keySet());
          }
          generator.at("/literals").forEach(l -> keys.add(l.asText().split("=", 2)[0]));
          generator.at("/files").forEach(f -> keys.add(f.asText().replaceFirst(".*/", "")));
        }
      }
    }
    return keys;
  }

  /** The settings of a {@code .env} file, or of its example where git has no other. */
  static Map<String, String> settings(Path file) {
    Path existing =
        Files.exists(file) ? file : file.resolveSibling(file.getFileName() + ".example");
    Map<String, String> settings = new TreeMap<>();
    ProjectFiles.read(existing)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> settings.put(line.split("=", 2)[0], line.split("=", 2)[1]));
    return settings;
  }

  /** The namespace that overlays give to the objects of a directory that name none. */
  static String namespaceFor(String file) {
    return file.startsWith("kubernetes/monitoring/server/")
            || file.startsWith("kubernetes/prometheus-adapter/server/")
        ? "monitoring"
        : "thumbnailer";
  }
}
