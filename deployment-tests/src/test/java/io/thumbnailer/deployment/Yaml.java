package io.thumbnailer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads YAML and JSON strictly: the same key twice is an error. */
final class Yaml {
  private static final YAMLMapper MAPPER = new YAMLMapper(factory());

  private Yaml() {}

  private static YAMLFactory factory() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return YAMLFactory.builder().loaderOptions(options).build();
  }

  /** All documents of a text but the empty ones. */
  static List<JsonNode> documents(String text) {
    try (MappingIterator<JsonNode> documents = MAPPER.readerFor(JsonNode.class).readValues(text)) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The first object of a kind with a name, or with a generated name that begins with {@code
   * name-}.
   */
  static JsonNode object(List<JsonNode> objects, String kind, String name) {
    return objects.stream()
        .filter(object -> object.at("/kind").asText().equals(kind))
        .filter(
            object -> {
              String found = object.at("/metadata/name").asText();
              return found.equals(name) || found.startsWith(name + "-");
            })
        .findFirst()
        .orElseThrow();
  }

  /** The one document of a text. */
  static JsonNode document(String text) {
    List<JsonNode> documents = documents(text);
    if (documents.size() != 1) {
      throw new IllegalArgumentException("not one document but " + documents.size());
    }
    return documents.get(0);
  }
}
