package io.thumbnailer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/** Kubernetes' published schema: unknown fields, missing ones and wrong types are errors. */
final class KubernetesSchema {
  private static final String MODELS = "io.kubernetes.client.openapi.models.";

  private KubernetesSchema() {}

  /** The model of an object, or empty for a custom resource. */
  static Optional<Class<?>> model(String apiVersion, String kind) {
    String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
    try {
      return Optional.of(
          Class.forName(
              MODELS + Character.toUpperCase(version.charAt(0)) + version.substring(1) + kind));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Throws {@link IllegalArgumentException} with a description of the error. */
  static void validate(Class<?> model, JsonNode object) {
    JsonElement json = JsonParser.parseString(object.toString());
    try {
      model.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
      // the types of the values, which the check of the names leaves open
      Object unused = JSON.getGson().fromJson(json, model);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
