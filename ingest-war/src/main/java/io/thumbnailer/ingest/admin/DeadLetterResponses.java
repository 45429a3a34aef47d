package io.thumbnailer.ingest.admin;

import io.thumbnailer.ingest.http.PageParameters;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.messaging.MessagePage;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Builds the responses about dead letters, for either queue. */
final class DeadLetterResponses {
  private DeadLetterResponses() {}

  /** One page as a view; a problem if cursor or limit is invalid. */
  static Response page(
      BiFunction<Optional<String>, Integer, MessagePage> list,
      PageParameters paging,
      Function<MessagePage, ?> view) {
    int size = paging.size();
    try {
      return Response.ok(view.apply(list.apply(paging.cursor(), size))).build();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.BAD_REQUEST, "invalid cursor", e);
    }
  }

  /** An empty response, or the problem that there is no such dead letter. */
  static Response done(boolean found) {
    if (!found) {
      throw new ProblemException(ProblemCode.NOT_FOUND, "there is no such dead letter");
    }
    return Response.noContent().build();
  }
}
