package io.thumbnailer.ingest.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Responds with {@code queue-full} with the time that the backlog needs, instead of a fixed one.
 */
@Provider
public class QueueFullMapper implements ExceptionMapper<QueueFullException> {
  @Override
  public Response toResponse(QueueFullException exception) {
    return Response.fromResponse(ProblemMapper.respond(exception.problem()))
        .header(HttpHeaders.RETRY_AFTER, null) // not the fixed one
        .header(HttpHeaders.RETRY_AFTER, exception.retryAfter())
        .build();
  }
}
