package io.thumbnailer.ingest;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Completes the API's description: every call can end in the problems of access, limits and
 * outages, and every problem has the same form.
 */
public class ProblemAnswers implements OASFilter {
  private static final String OF_STATUS = "Problem";
  private static final Pattern CODE = Pattern.compile("`([a-z-]+)`");

  /** By status, what every call can answer. */
  private static final Map<ProblemCode, String> EVERYWHERE =
      Map.of(
          ProblemCode.UNAUTHORIZED, "`unauthorized`: no valid key or token",
          ProblemCode.FORBIDDEN, "`forbidden`: the key or token is not of the role for this",
          ProblemCode.RATE_LIMITED, "`rate-limited`, with Retry-After",
          ProblemCode.QUEUE_UNAVAILABLE,
              "`queue-unavailable` or `storage-unavailable`, with Retry-After");

  @Override
  public void filterOpenAPI(OpenAPI api) {
    Components components = api.getComponents();
    EVERYWHERE.forEach(
        (code, description) ->
            components.addResponse(
                name(code),
                OASFactory.createAPIResponse().description(description).content(content(code))));
    for (PathItem path : api.getPaths().getPathItems().values()) {
      path.getOperations().values().forEach(ProblemAnswers::complete);
    }
  }

  private static void complete(Operation operation) {
    operation.getResponses().getAPIResponses().values().forEach(ProblemAnswers::fill);
    for (ProblemCode code : EVERYWHERE.keySet()) {
      String status = Integer.toString(code.status());
      if (!operation.getResponses().hasAPIResponse(status)) {
        operation
            .getResponses()
            .addAPIResponse(status, OASFactory.createAPIResponse().ref(name(code)));
      }
    }
  }

  /** The form of a problem that an annotation has only named. */
  private static void fill(APIResponse response) {
    if (response.getContent() == null && response.getDescription() != null) {
      named(response.getDescription()).ifPresent(code -> response.setContent(content(code)));
    }
  }

  private static Optional<ProblemCode> named(String description) {
    Matcher matcher = CODE.matcher(description);
    return matcher.find()
        ? Arrays.stream(ProblemCode.values())
            .filter(code -> code.code().equals(matcher.group(1)))
            .findFirst()
        : Optional.empty();
  }

  private static Content content(ProblemCode code) {
    Map<String, Object> example = new LinkedHashMap<>();
    example.put("type", "about:blank");
    example.put("title", code.title());
    example.put("status", code.status());
    example.put("code", code.code());
    example.put("detail", "one sentence about what happened");
    return OASFactory.createContent()
        .addMediaType(
            Problem.MEDIA_TYPE,
            OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("Problem"))
                .example(example));
  }

  private static String name(ProblemCode code) {
    return OF_STATUS + code.status();
  }
}
