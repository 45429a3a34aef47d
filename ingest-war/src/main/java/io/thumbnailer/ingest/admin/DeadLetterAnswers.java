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

/** What the calls of operators answer, whichever queue's dead letters they are about. */
final class DeadLetterAnswers {
  private DeadLetterAnswers() {}

  /** One page, as the view shows it; a problem when there is no such cursor or limit. */
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

  /** An answer without a body, or the problem that there is no such dead letter. */
  static Response done(boolean found) {
    if (!found) {
      throw new ProblemException(ProblemCode.NOT_FOUND, "there is no such dead letter");
    }
    return Response.noContent().build();
  }

  /** What is true now and may not be a moment later. */
  static Response uncached(Object entity) {
    return Response.ok(entity).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
