package io.thumbnailer.ingest.admin;

import io.thumbnailer.ingest.http.PageSize;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.messaging.MessagePage;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Builds the answers about dead letters, for either queue. */
final class DeadLetterAnswers {
  private DeadLetterAnswers() {}

  /** One page as a view; a problem if cursor or limit is invalid. */
  static Response page(
      BiFunction<Optional<String>, Integer, MessagePage> list,
      String cursor,
      String limit,
      Function<MessagePage, ?> view) {
    int size = PageSize.of(limit);
    try {
      return uncached(view.apply(list.apply(Optional.ofNullable(cursor), size)));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.BAD_REQUEST, "invalid cursor", e);
    }
  }

  /** An empty answer, or the problem that there is no such dead letter. */
  static Response done(boolean found) {
    if (!found) {
      throw new ProblemException(ProblemCode.NOT_FOUND, "there is no such dead letter");
    }
    return Response.noContent().build();
  }

  /** An answer that must not be cached. */
  static Response uncached(Object entity) {
    return Response.ok(entity).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
