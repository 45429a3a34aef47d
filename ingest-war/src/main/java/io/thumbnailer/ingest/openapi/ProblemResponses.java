package io.thumbnailer.ingest.openapi;

import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.ingest.access.AccessPolicy;
import io.thumbnailer.ingest.http.Problem;
import io.thumbnailer.ingest.http.ProblemCode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Completes the API description: which access and limit problems each call can return on this
 * server, and the common schema of problems.
 */
public class ProblemResponses implements OASFilter {
  private static final String OF_STATUS = "Problem";
  private static final List<String> ORDER =
      List.of("/upload", "/capabilities", "/jobs", "/thumbnails", "/admin");
  private static final Pattern CODE = Pattern.compile("`([a-z-]+)`");

  private static final Map<ProblemCode, String> DESCRIPTIONS =
      Map.of(
          ProblemCode.UNAUTHORIZED, "`unauthorized`: no valid key or token",
          ProblemCode.FORBIDDEN,
              "`forbidden`: this API key or token does not have the required role",
          ProblemCode.NOT_ACCEPTABLE, "`not-acceptable`: by the Accept header",
          ProblemCode.RATE_LIMITED, "`rate-limited`, with Retry-After");

  private final AccessPolicy policy;

  /** Uses the configuration of this server. */
  public ProblemResponses() {
    this.policy = AccessPolicy.from(new SettingsReader(ConfigProvider.getConfig()));
  }

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.setPaths(inOrderOfUse(api.getPaths()));
    nameAllCodes(api.getComponents());
    for (PathItem path : api.getPaths().getPathItems().values()) {
      for (Operation operation : path.getOperations().values()) {
        operation.getResponses().getAPIResponses().values().forEach(ProblemResponses::fill);
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
        OASFactory.createAPIResponse()
            .description(DESCRIPTIONS.get(code))
            .content(content(List.of(code))));
    operation
        .getResponses()
        .addAPIResponse(
            Integer.toString(code.status()), OASFactory.createAPIResponse().ref(name(code)));
  }

  /** Uploads first, since nothing can be done without one, and operations last. */
  private static Paths inOrderOfUse(Paths paths) {
    Paths ordered = OASFactory.createPaths();
    Comparator<Map.Entry<String, PathItem>> order =
        Comparator.comparingInt(entry -> group(entry.getKey()));
    paths.getPathItems().entrySet().stream()
        .sorted(order.thenComparing(Map.Entry::getKey))
        .forEach(entry -> ordered.addPathItem(entry.getKey(), entry.getValue()));
    return ordered;
  }

  private static int group(String path) {
    for (int i = 0; i < ORDER.size(); i++) {
      if (path.startsWith(ORDER.get(i))) {
        return i;
      }
    }
    return ORDER.size() - 1;
  }

  private static void nameAllCodes(Components components) {
    Schema code = components.getSchemas().get("Problem").getProperties().get("code");
    for (ProblemCode known : ProblemCode.values()) {
      code.addEnumeration(known.code());
    }
  }

  /** Adds the schema of problems to a response whose annotation only names them. */
  private static void fill(APIResponse response) {
    if (response.getContent() == null && response.getDescription() != null) {
      List<ProblemCode> codes = named(response.getDescription());
      if (!codes.isEmpty()) {
        response.setContent(content(codes));
      }
    }
  }

  private static List<ProblemCode> named(String description) {
    return CODE.matcher(description)
        .results()
        .flatMap(
            found ->
                Arrays.stream(ProblemCode.values())
                    .filter(code -> code.code().equals(found.group(1))))
        .distinct()
        .toList();
  }

  private static Content content(List<ProblemCode> codes) {
    MediaType problem =
        OASFactory.createMediaType().schema(OASFactory.createSchema().ref("Problem"));
    for (ProblemCode code : codes) {
      problem.addExample(code.code(), OASFactory.createExample().value(ProblemExamples.of(code)));
    }
    return OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, problem);
  }

  private static String name(ProblemCode code) {
    return OF_STATUS + code.status();
  }
}
