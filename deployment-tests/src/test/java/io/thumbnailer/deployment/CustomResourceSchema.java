package io.thumbnailer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The published schemas of the custom resources that the project uses, from {@code
 * custom-resources.json} ({@code deployment-tests/schema/extract-custom-resources.mjs} derives it).
 */
final class CustomResourceSchema {
  private static final JsonNode KINDS =
      Yaml.document(ProjectFiles.read("deployment-tests/src/test/resources/custom-resources.json"));

  private CustomResourceSchema() {}

  /** The errors in the specification of an object of a kind; empty if there are none. */
  static List<String> problems(String kind, JsonNode spec) {
    List<String> problems = new ArrayList<>();
    if (!KINDS.has(kind)) {
      problems.add("no schema of " + kind + "; run extract-custom-resources.mjs");
    } else {
      check("spec", spec, KINDS.get(kind), problems);
    }
    return problems;
  }

  private static void check(String where, JsonNode value, JsonNode schema, List<String> problems) {
    if (!isOfType(value, schema.at("/type").asText())) {
      problems.add(where + ": must be " + schema.at("/type").asText());
    } else if (schema.has("values") && !schema.at("/values").toString().contains(quoted(value))) {
      problems.add(where + ": must be one of " + schema.at("/values"));
    } else if (schema.has("items")) {
      int index = 0;
      for (JsonNode item : value) {
        check(where + "[" + index++ + "]", item, schema.at("/items"), problems);
      }
    } else if (schema.has("fields")) {
      checkFields(where, value, schema.at("/fields"), problems);
    }
  }

  private static void checkFields(
      String where, JsonNode value, JsonNode fields, List<String> problems) {
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String name = where + "." + field.getKey();
      if (fields.has(field.getKey())) {
        check(name, field.getValue(), fields.get(field.getKey()), problems);
      } else {
        problems.add(name + ": unknown");
      }
    }
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (field.getValue().at("/required").asBoolean() && !value.has(field.getKey())) {
        problems.add(where + "." + field.getKey() + ": missing");
      }
    }
  }

  private static boolean isOfType(JsonNode value, String types) {
    return List.of(types.split("\\|", -1)).stream()
        .anyMatch(
            type ->
                switch (type) {
                  case "string" -> value.isTextual();
                  case "number" -> value.isNumber();
                  case "boolean" -> value.isBoolean();
                  case "array" -> value.isArray();
                  case "object", "map" -> value.isObject();
                  default -> throw new IllegalStateException("no such type: " + type);
                });
  }

  private static String quoted(JsonNode value) {
    return "\"" + value.asText() + "\"";
  }
}
