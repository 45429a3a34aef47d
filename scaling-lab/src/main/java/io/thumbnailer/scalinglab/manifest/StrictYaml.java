package io.thumbnailer.scalinglab.manifest;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a YAML file into an object and rejects unknown fields. */
final class StrictYaml {
  private static final String MODEL = "io.fabric8.kubernetes.api.model";

  private final KubernetesSerialization kubernetes = new KubernetesSerialization();
  private final YAMLMapper mapper =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** Reads an object of Kubernetes' own API. */
  <T> T kubernetes(Path file, String apiVersion, String kind, Class<T> type) {
    requireKind(file, apiVersion, kind);
    try {
      T object = kubernetes.unmarshal(text(file), type);
      rejectUnknown(file, kind, object);
      return object;
    } catch (RuntimeException e) {
      throw asManifestException(file, e);
    }
  }

  /** Reads an object of a type that a record of ours describes. */
  <T> T custom(Path file, String apiVersion, String kind, Class<T> type) {
    requireKind(file, apiVersion, kind);
    try {
      return mapper.readValue(text(file), type);
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

  private void requireKind(Path file, String apiVersion, String kind) {
    try {
      var tree = mapper.readTree(text(file));
      String found = tree.path("apiVersion").asString("") + " " + tree.path("kind").asString("");
      if (!found.equals(apiVersion + " " + kind)) {
        throw new ManifestException(
            file, "is \"" + found.trim() + "\", not " + apiVersion + " " + kind);
      }
    } catch (JacksonException e) {
      throw asManifestException(file, e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ManifestException(file, "cannot be read", e);
    }
  }

  private static ManifestException asManifestException(Path file, RuntimeException e) {
    if (e instanceof ManifestException known) {
      return known;
    }
    String message = e instanceof JacksonException j ? j.getOriginalMessage() : e.getMessage();
    return new ManifestException(file, String.valueOf(message), e);
  }
}
