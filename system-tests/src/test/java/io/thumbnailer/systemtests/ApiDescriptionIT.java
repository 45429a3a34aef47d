package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.microshed.testing.ManuallyStartedConfiguration;
import org.microshed.testing.jupiter.MicroShedTest;

/** The API description is complete for its users. */
@MicroShedTest
class ApiDescriptionIT {
  private static final Map<String, String> FIRST_BYTES =
      Map.of(
          "image/jpeg",
          "\u00ff\u00d8\u00ff",
          "image/png",
          "\u0089PNG",
          "image/webp",
          "RIFF",
          "image/avif",
          "\u0000\u0000\u0000\u001cftypavif");
  private static final Set<String> OF_ACCESS = Set.of("401", "403", "429");

  private static JsonNode api;

  @BeforeAll
  static void read() {
    ThumbnailerClient client =
        new ThumbnailerClient(URI.create(ManuallyStartedConfiguration.getRuntimeURL()));
    api = client.body(client.get("openapi?format=json"));
  }

  @Test
  void everyCallHasAUniqueNameAndSummary() {
    assertThat(operations()).hasSizeGreaterThan(12);
    operations()
        .forEach(
            (name, operation) -> {
              assertThat(operation.path("summary").asText()).as(name).isNotBlank();
              assertThat(operation.path("operationId").asText()).as(name).isNotBlank();
            });
    assertThat(
            operations().values().stream().map(call -> call.path("operationId").asText()).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void everySuccessfulBodyHasAnExample() {
    operations()
        .forEach(
            (name, operation) ->
                operation
                    .path("responses")
                    .properties()
                    .forEach(
                        response -> {
                          if (response.getKey().startsWith("2")) {
                            assertExamples(name, resolve(response.getValue()).path("content"));
                          }
                        }));
  }

  @Test
  void imageExamplesHaveTheirMediaType() {
    JsonNode images = api.at("/paths/~1thumbnails~1{id}~1{rendition}/get/responses/200/content");
    assertThat(images.fieldNames())
        .toIterable()
        .contains("image/jpeg", "image/png", "image/webp", "image/avif");
    for (Map.Entry<String, JsonNode> image : images.properties()) {
      String address = image.getValue().at("/examples/one pixel/externalValue").asText();
      String intro = "data:" + image.getKey() + ";base64,";
      assertThat(address).startsWith(intro);
      byte[] bytes = Base64.getDecoder().decode(address.substring(intro.length()));
      assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
          .startsWith(FIRST_BYTES.get(image.getKey()));
    }
  }

  @Test
  void everyCallThatNeedsRedisOrStorageNamesTheErrorsOfOutages() {
    operations()
        .forEach(
            (name, operation) -> {
              if (name.endsWith(" /capabilities")) {
                assertThat(statuses(operation)).as(name).doesNotContain("503");
              } else {
                assertThat(statuses(operation)).as(name).contains("503");
              }
            });
  }

  @Test
  void openCallsDoNotListAccessErrors() {
    operations()
        .forEach(
            (name, operation) -> {
              if (name.contains("/admin/")) {
                assertThat(statuses(operation)).as(name).containsAll(OF_ACCESS);
              } else {
                assertThat(statuses(operation)).as(name).doesNotContainAnyElementsOf(OF_ACCESS);
              }
            });
  }

  @Test
  void everyCallWithABodyListsTheRequestTimeout() {
    operations()
        .forEach(
            (name, operation) -> {
              if (operation.has("requestBody")) {
                assertThat(statuses(operation)).as(name).contains("408");
              }
            });
  }

  @Test
  void everyErrorIsAProblemWithAnExampleOfItsStatus() {
    operations()
        .forEach(
            (name, operation) ->
                operation
                    .path("responses")
                    .properties()
                    .forEach(
                        response -> {
                          if (response.getKey().compareTo("400") >= 0) {
                            assertProblem(name, response.getKey(), resolve(response.getValue()));
                          }
                        }));
  }

  private static List<String> statuses(JsonNode operation) {
    List<String> statuses = new ArrayList<>();
    operation.path("responses").fieldNames().forEachRemaining(statuses::add);
    return statuses;
  }

  private static void assertExamples(String name, JsonNode content) {
    content
        .properties()
        .forEach(
            body ->
                assertThat(body.getValue().has("example") || body.getValue().has("examples"))
                    .as(name + " " + body.getKey())
                    .isTrue());
  }

  private static void assertProblem(String name, String status, JsonNode response) {
    String call = name + " " + status;
    assertThat(response.path("description").asText()).as(call).isNotBlank();
    JsonNode problem = response.path("content").path("application/problem+json");
    assertThat(problem.at("/schema/$ref").asText()).as(call).endsWith("/Problem");
    assertThat(problem.path("examples").size()).as(call).isPositive();
    for (Map.Entry<String, JsonNode> example : problem.path("examples").properties()) {
      assertThat(example.getValue().at("/value/status").asText()).as(call).isEqualTo(status);
      assertThat(example.getValue().at("/value/code").asText())
          .as(call)
          .isEqualTo(example.getKey());
      assertThat(example.getValue().at("/value/detail").asText())
          .as(call)
          .isNotBlank()
          .doesNotContain("what happened");
    }
  }

  @Test
  void everyCodeAndEveryPriorityIsNamed() {
    List<String> codes = new ArrayList<>();
    api.at("/components/schemas/Problem/properties/code/enum").forEach(c -> codes.add(c.asText()));
    assertThat(codes)
        .contains("too-large", "unsupported-type", "queue-full")
        .doesNotHaveDuplicates();
    for (String schema : List.of("UploadRequest", "DirectUploadRequest")) {
      List<String> priorities = new ArrayList<>();
      api.at("/components/schemas/" + schema + "/properties/priority/enum")
          .forEach(priority -> priorities.add(priority.asText()));
      assertThat(priorities).as(schema).containsExactly("high", "normal", "low");
    }
  }

  @Test
  void theCallsAreInTheOrderOfTheirUse() {
    List<String> paths = new ArrayList<>();
    api.path("paths").fieldNames().forEachRemaining(paths::add);
    assertThat(paths.get(0)).isEqualTo("/upload");
    int firstOfAdmin =
        paths.indexOf(paths.stream().filter(p -> p.contains("/admin/")).findFirst().orElseThrow());
    assertThat(paths.subList(firstOfAdmin, paths.size())).allMatch(p -> p.contains("/admin/"));
  }

  /** The calls by method and path. */
  private static Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new TreeMap<>();
    api.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        call -> {
                          if (call.getValue().has("responses")) {
                            operations.put(call.getKey() + " " + path.getKey(), call.getValue());
                          }
                        }));
    return operations;
  }

  private static JsonNode resolve(JsonNode response) {
    String reference = response.path("$ref").asText();
    return reference.isEmpty() ? response : api.at(reference.substring(1));
  }
}
