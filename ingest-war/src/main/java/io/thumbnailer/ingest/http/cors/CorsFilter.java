package io.thumbnailer.ingest.http.cors;

import io.thumbnailer.ingest.http.Problem;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemMapper;
import io.thumbnailer.ingest.lifecycle.StartTask;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/**
 * Cross-origin resource sharing. Preflight requests are answered before authentication, because
 * browsers send no key with them. Callers send keys in headers and never in cookies, so credentials
 * are not allowed.
 */
@Provider
@PreMatching
@Singleton
public class CorsFilter implements ContainerRequestFilter, ContainerResponseFilter, StartTask {
  private static final String ORIGIN = "Origin";
  private static final String METHODS = "GET, HEAD, POST, DELETE";
  private static final String REQUEST_HEADERS =
      "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, X-API-Key";
  private static final String EXPOSED_HEADERS =
      "ETag, Location, RateLimit, RateLimit-Policy, Retry-After";

  /** Seconds for which a browser may cache a preflight answer. */
  private static final int MAX_AGE = 600;

  // RESTEasy requires a provider to have a constructor without parameters.
  @Inject private AllowedOrigins allowed;

  @Override
  public void start() {}

  @Override
  public void filter(ContainerRequestContext request) {
    if (allowed.isEmpty() || !isPreflight(request)) {
      return;
    }
    if (!allowed.include(request.getHeaderString(ORIGIN))) {
      request.abortWith(
          ProblemMapper.respond(
              Problem.of(ProblemCode.FORBIDDEN, "this origin is not allowed to call the API")));
      return;
    }
    request.abortWith(
        Response.noContent()
            .header("Access-Control-Allow-Methods", METHODS)
            .header("Access-Control-Allow-Headers", REQUEST_HEADERS)
            .header("Access-Control-Max-Age", MAX_AGE)
            .build());
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (allowed.isEmpty()) {
      return;
    }
    MultivaluedMap<String, Object> headers = response.getHeaders();
    headers.add(HttpHeaders.VARY, ORIGIN); // for all origins: caches must distinguish them
    String origin = request.getHeaderString(ORIGIN);
    if (allowed.include(origin)) {
      headers.putSingle("Access-Control-Allow-Origin", origin);
      headers.putSingle("Access-Control-Expose-Headers", EXPOSED_HEADERS);
    }
  }

  private static boolean isPreflight(ContainerRequestContext request) {
    return HttpMethod.OPTIONS.equals(request.getMethod())
        && request.getHeaderString(ORIGIN) != null
        && request.getHeaderString("Access-Control-Request-Method") != null;
  }
}
