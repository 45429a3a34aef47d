package io.thumbnailer.ingest.openapi;

import io.thumbnailer.ingest.http.ProblemCode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A problem of each code, as this server writes it. */
final class ProblemExamples {
  private ProblemExamples() {}

  /** The problem's members, in the order that the server writes them in. */
  static Map<String, Object> of(ProblemCode code) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", code.title());
    problem.put("status", code.status());
    problem.put("code", code.code());
    problem.put("detail", detail(code));
    return problem;
  }

  private static String detail(ProblemCode code) {
    return switch (code) {
      case NO_FILE -> "there is no part named file";
      case BAD_REQUEST -> "unknown rendition; the renditions are large, medium, small";
      case UNAUTHORIZED -> "a valid API key or token is required";
      case FORBIDDEN -> "this API key or token does not have the required role";
      case NOT_FOUND -> "there is no such job";
      case METHOD_NOT_ALLOWED -> "this method is not supported here";
      case NOT_ACCEPTABLE -> "none of the accepted media types is available";
      case REQUEST_TIMEOUT -> "the upload took longer than 300 s";
      case IDEMPOTENCY_CONFLICT -> "this Idempotency-Key was used for a different upload";
      case TOO_LARGE -> "the file is larger than 26214400 bytes";
      case UNSUPPORTED_TYPE -> "the first bytes do not match any known image format";
      case UNREADABLE_IMAGE -> "the image data ends too soon";
      case TOO_MANY_PIXELS -> "60000 x 60000 pixels are more than 100000000";
      case RATE_LIMITED -> "more than 100 requests in 60 s";
      case INTERNAL_ERROR -> "an unexpected error occurred on the server";
      case OVERLOADED -> "too many uploads are in progress; try again later";
      case QUEUE_FULL -> "the queue is full; try again in 42 s";
      case STORAGE_UNAVAILABLE -> "storage is unavailable; try again later";
      case QUEUE_UNAVAILABLE -> "the queue is unavailable; try again later";
      default -> code.title();
    };
  }
}
