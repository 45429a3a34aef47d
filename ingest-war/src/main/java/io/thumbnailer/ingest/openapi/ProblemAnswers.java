package io.thumbnailer.ingest.openapi;

import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.ingest.access.AccessPolicy;
import io.thumbnailer.ingest.http.Problem;
import io.thumbnailer.ingest.http.ProblemCode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Completes the API's description: which problems of access and limits each call can end in on this
 * server, and that every problem has the same form.
 */
public class ProblemAnswers implements OASFilter {
  private static final String OF_STATUS = "Problem";
  private static final Pattern CODE = Pattern.compile("`([a-z-]+)`");

  private static final Map<ProblemCode, String> DESCRIPTIONS =
      Map.of(
          ProblemCode.UNAUTHORIZED, "`unauthorized`: no valid key or token",
          ProblemCode.FORBIDDEN,
              "`forbidden`: this API key or token does not have the required role",
          ProblemCode.NOT_ACCEPTABLE, "`not-acceptable`: by the Accept header",
          ProblemCode.RATE_LIMITED, "`rate-limited`, with Retry-After");

  private final AccessPolicy policy;

  /** Of a server with the present configuration. */
  public ProblemAnswers() {
    this.policy = AccessPolicy.from(new SettingsReader(ConfigProvider.getConfig()));
  }

  @Override
  public void filterOpenAPI(OpenAPI api) {
    for (PathItem path : api.getPaths().getPathItems().values()) {
      for (Operation operation : path.getOperations().values()) {
        operation.getResponses().getAPIResponses().values().forEach(ProblemAnswers::fill);
        DocumentedCall.find(operation.getOperationId())
            .map(this::commonProblems)
            .orElse(Set.of())
            .forEach(code -> add(code, operation, api.getComponents()));
      }
    }
  }

  private Set<ProblemCode> commonProblems(DocumentedCall call) {
    Set<ProblemCode> codes = EnumSet.noneOf(ProblemCode.class);
    if (call.negotiates()) {
      codes.add(ProblemCode.NOT_ACCEPTABLE);
    }
    if (!call.rule().isOpen(policy)) {
      codes.add(ProblemCode.UNAUTHORIZED);
      codes.add(ProblemCode.RATE_LIMITED);
      if (call.rule().isRefusedToSome(policy.mode())) {
        codes.add(ProblemCode.FORBIDDEN);
      }
    }
    return codes;
  }

  private static void add(ProblemCode code, Operation operation, Components components) {
    components.addResponse(
        name(code),
        OASFactory.createAPIResponse().description(DESCRIPTIONS.get(code)).content(content(code)));
    operation
        .getResponses()
        .addAPIResponse(
            Integer.toString(code.status()), OASFactory.createAPIResponse().ref(name(code)));
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
