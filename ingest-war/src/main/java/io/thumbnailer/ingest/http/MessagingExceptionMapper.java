package io.thumbnailer.ingest.http;

import io.thumbnailer.messaging.MessagingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Responds with {@code queue-unavailable} when the queue cannot be used; the cause is only logged.
 */
@Provider
public class MessagingExceptionMapper implements ExceptionMapper<MessagingException> {
  @Override
  public Response toResponse(MessagingException exception) {
    return ProblemMapper.respond(problem(exception));
  }

  /** The problem for the client. */
  public static Problem problem(MessagingException exception) {
    return ProblemMapper.unavailable(ProblemCode.QUEUE_UNAVAILABLE, "the queue", exception);
  }
}
