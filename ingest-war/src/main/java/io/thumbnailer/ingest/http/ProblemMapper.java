package io.thumbnailer.ingest.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Responds with {@code internal-error} for every exception without a mapper of its own. No stack
 * trace leaves the server.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

  /** Seconds after which a request to an unavailable service should be retried. */
  private static final int RETRY_AFTER = 5;

  /** After these codes the rest of the body is not read. */
  private static final Set<String> ENDS_CONNECTION =
      Set.of(ProblemCode.REQUEST_TIMEOUT.code(), ProblemCode.OVERLOADED.code());

  @Override
  public Response toResponse(Throwable exception) {
    return unexpected(exception);
  }

  static Response unexpected(Throwable exception) {
    LOG.log(System.Logger.Level.ERROR, "unexpected failure", exception);
    return respond(
        Problem.of(ProblemCode.INTERNAL_ERROR, "an unexpected error occurred on the server"));
  }

  /** The problem of a service that cannot be used. The cause is only logged. */
  static Problem unavailable(ProblemCode code, String service, Exception cause) {
    LOG.log(System.Logger.Level.WARNING, "{0}: {1}", code.title(), cause.getMessage());
    return Problem.of(code, service + " is unavailable; try again later");
  }

  /** The problem for a status of 400 or more that comes without one. */
  static Problem fromStatus(int status) {
    return switch (status) {
      case 404 -> Problem.of(ProblemCode.NOT_FOUND, "there is no such resource");
      case 401 -> Problem.of(ProblemCode.UNAUTHORIZED, "an API key or token is required");
      case 403 ->
          Problem.of(
              ProblemCode.FORBIDDEN, "this API key or token does not have the required role");
      case 405 -> Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "this method is not supported here");
      case 406 ->
          Problem.of(ProblemCode.NOT_ACCEPTABLE, "none of the accepted media types is available");
      default ->
          status < 500
              ? Problem.of(ProblemCode.BAD_REQUEST, "the request is malformed")
              : Problem.of(
                  ProblemCode.INTERNAL_ERROR, "an unexpected error occurred on the server");
    };
  }

  /** The response that carries a problem. */
  public static Response respond(Problem problem) {
    Response.ResponseBuilder response =
        Response.status(problem.status())
            .type(Problem.MEDIA_TYPE)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .entity(problem);
    if (problem.status() == 503) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
    }
    if (ENDS_CONNECTION.contains(problem.code())) {
      response.header("Connection", "close");
    }
    return response.build();
  }
}
