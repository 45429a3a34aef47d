package io.thumbnailer.ingest.upload;

import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.messaging.Priority;
import java.util.Locale;
import java.util.Optional;

/** The priority that a client requests. */
public final class RequestedPriority {
  private RequestedPriority() {}

  /** The priority of a name; normal without one. Throws {@link ProblemException} for any other. */
  public static Priority of(Optional<String> name) {
    if (name.isEmpty()) {
      return Priority.NORMAL;
    }
    return switch (name.get().toLowerCase(Locale.ROOT)) {
      case "high" -> Priority.HIGH;
      case "normal" -> Priority.NORMAL;
      case "low" -> Priority.LOW;
      default ->
          throw new ProblemException(
              ProblemCode.BAD_REQUEST, "the priority must be high, normal or low");
    };
  }
}
