package io.thumbnailer.ingest.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Responds with a problem where JAX-RS itself refuses a request, such as for its method. */
@Provider
public class WebApplicationExceptionMapper implements ExceptionMapper<WebApplicationException> {
  @Override
  public Response toResponse(WebApplicationException exception) {
    Response response = exception.getResponse();
    if (response.getStatus() < 400 || response.getEntity() instanceof Problem) {
      return response;
    }
    return response.getStatus() < 500
        ? ProblemMapper.respond(ProblemMapper.fromStatus(response.getStatus()))
        : ProblemMapper.unexpected(exception);
  }
}
