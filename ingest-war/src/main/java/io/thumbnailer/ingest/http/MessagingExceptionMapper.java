package io.thumbnailer.ingest.http;

import io.thumbnailer.messaging.MessagingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers {@code queue-unavailable} when the queue cannot be used; the cause is only logged. */
@Provider
public class MessagingExceptionMapper implements ExceptionMapper<MessagingException> {
  private static final System.Logger LOG =
      System.getLogger(MessagingExceptionMapper.class.getName());

  @Override
  public Response toResponse(MessagingException exception) {
    return ProblemMapper.respond(problem(exception));
  }

  /** The problem for the client. */
  public static Problem problem(MessagingException exception) {
    LOG.log(System.Logger.Level.WARNING, "queue unavailable: {0}", exception.getMessage());
    return Problem.of(ProblemCode.QUEUE_UNAVAILABLE, "the queue is unavailable; try again later");
  }
}
