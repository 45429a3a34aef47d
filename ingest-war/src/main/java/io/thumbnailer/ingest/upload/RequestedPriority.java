package io.thumbnailer.ingest.upload;

import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.messaging.Priority;
import java.util.Locale;
import java.util.Optional;

/** The lane of the queue that a client asks for. */
public final class RequestedPriority {
  private RequestedPriority() {}

  /** The lane of a name; normal without one. Throws {@link ProblemException} for any other. */
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
