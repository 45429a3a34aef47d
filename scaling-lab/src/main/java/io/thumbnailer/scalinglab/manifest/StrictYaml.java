package io.thumbnailer.scalinglab.manifest;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads an object of a YAML file and rejects unknown fields. The file may have further documents,
 * and at most 1 MiB.
 */
final class StrictYaml {
  private static final String MODEL = "io.fabric8.kubernetes.api.model";
  private static final String HPA = "autoscaling/v2 HorizontalPodAutoscaler";
  private static final long MAX_BYTES = 1024 * 1024;

  private final KubernetesSerialization kubernetes = new KubernetesSerialization();
  private final YAMLMapper mapper =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** Reads an object of Kubernetes' own API. */
  <T> T kubernetes(Path file, String apiVersion, String kind, Class<T> type) {
    JsonNode document = document(file, apiVersion, kind);
    try {
      T object = kubernetes.unmarshal(document.toString(), type);
      rejectUnknown(file, kind, object);
      return object;
    } catch (RuntimeException e) {
      throw asManifestException(file, e);
    }
  }

  /** Reads an object of a type that a record of ours describes. */
  <T> T custom(Path file, String apiVersion, String kind, Class<T> type) {
    JsonNode document = document(file, apiVersion, kind);
    try {
      return mapper.treeToValue(document, type);
    } catch (RuntimeException e) {
      throw asManifestException(file, e);
    }
  }

  /** Fails for a field that is not in the API. */
  void rejectUnknown(Path file, String path, Object value) {
    if (value instanceof Collection<?> elements) {
      elements.forEach(element -> rejectUnknown(file, path + "[]", element));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, element) -> rejectUnknown(file, path + "." + key, element));
    } else if (value != null && value.getClass().getName().startsWith(MODEL)) {
      for (Method method : value.getClass().getMethods()) {
        if (method.getParameterCount() == 0 && method.getName().startsWith("get")) {
          check(file, path, value, method);
        }
      }
    }
  }

  private void check(Path file, String path, Object value, Method getter) {
    try {
      if (getter.getName().equals("getAdditionalProperties")) {
        Map<?, ?> unknown = (Map<?, ?>) getter.invoke(value);
        if (!unknown.isEmpty()) {
          throw new ManifestException(file, path + " has unknown fields " + unknown.keySet());
        }
      } else if (!getter.getDeclaringClass().equals(Object.class)
          && !getter.getName().equals("getNumericalAmount")) {
        String name = getter.getName().substring(3);
        rejectUnknown(
            file,
            path
                + "."
                + name.substring(0, 1).toLowerCase(java.util.Locale.ROOT)
                + name.substring(1),
            getter.invoke(value));
      }
    } catch (ReflectiveOperationException e) {
      throw new ManifestException(file, "cannot be checked: " + e.getMessage(), e);
    }
  }

  /** The one document of the file that is such an object; the others may be anything. */
  private JsonNode document(Path file, String apiVersion, String kind) {
    String wanted = apiVersion + " " + kind;
    List<JsonNode> found = new ArrayList<>();
    Set<String> others = new LinkedHashSet<>();
    for (JsonNode document : documents(file)) {
      String name = name(document);
      if (name.equals(wanted)) {
        found.add(document);
      } else {
        others.add(name);
      }
    }
    if (found.isEmpty() && others.isEmpty()) {
      throw new ManifestException(file, "is empty");
    }
    if (found.size() > 1) {
      throw new ManifestException(file, "has " + found.size() + " objects " + wanted + ", not one");
    }
    if (found.isEmpty()) {
      throw new ManifestException(
          file, "is " + String.join(", ", others) + ", not " + wanted + advice(others, kind));
    }
    return found.get(0);
  }

  private static String name(JsonNode document) {
    String name =
        document.path("apiVersion").asString("") + " " + document.path("kind").asString("");
    return name.isBlank() ? "an object without apiVersion and kind" : name.strip();
  }

  private static String advice(Set<String> others, String kind) {
    if (kind.equals("ScaledObject") && others.contains(HPA)) {
      return "; a HorizontalPodAutoscaler is read with --hpa";
    }
    if (others.stream().anyMatch(other -> other.endsWith(" ScaledObject"))) {
      return "; a ScaledObject is read with --scaled-object";
    }
    return others.stream().anyMatch(other -> other.startsWith("autoscaling/"))
        ? "; a cluster converts it: kubectl get hpa.v2.autoscaling NAME -o yaml"
        : "";
  }

  private List<JsonNode> documents(Path file) {
    String text = text(file);
    try (MappingIterator<JsonNode> documents = mapper.readerFor(JsonNode.class).readValues(text)) {
      return documents.readAll().stream().filter(d -> d != null && !d.isNull()).toList();
    } catch (JacksonException e) {
      if (text.contains("{{")) {
        throw new ManifestException(
            file, "is a Helm template; render it first with helm template", e);
      }
      throw asManifestException(file, e);
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ManifestException(file, "is larger than " + MAX_BYTES / 1024 / 1024 + " MiB");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ManifestException(file, "is not text in UTF-8", e);
    } catch (IOException e) {
      throw new ManifestException(file, "cannot be read", e);
    }
  }

  private static ManifestException asManifestException(Path file, RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ManifestException known) {
        return known;
      }
      if (cause instanceof DatabindException mismatch && !mismatch.getPath().isEmpty()) {
        boolean unknown = mismatch instanceof UnrecognizedPropertyException;
        return new ManifestException(
            file,
            field(mismatch) + (unknown ? " is not a field that the lab knows" : " is not valid"),
            e);
      }
      if (cause instanceof JacksonException syntax) {
        return new ManifestException(file, oneLine(syntax.getOriginalMessage()), e);
      }
    }
    return new ManifestException(file, oneLine(String.valueOf(e.getMessage())), e);
  }

  private static String field(DatabindException mismatch) {
    return mismatch.getPath().stream()
        .map(
            step ->
                step.getPropertyName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getPropertyName())
        .collect(Collectors.joining())
        .substring(1);
  }

  private static String oneLine(String message) {
    return message.lines().map(String::strip).limit(3).collect(Collectors.joining(" "));
  }
}
