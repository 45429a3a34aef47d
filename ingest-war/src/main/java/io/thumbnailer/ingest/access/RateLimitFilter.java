package io.thumbnailer.ingest.access;

import io.thumbnailer.ingest.http.Problem;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemMapper;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/** Refuses requests beyond the caller's rate, and reports the caller's limits in headers. */
@Provider
@Singleton
@Priority(Priorities.AUTHORIZATION)
public class RateLimitFilter implements ContainerRequestFilter, ContainerResponseFilter {
  // RESTEasy requires a provider to have a constructor without parameters.
  @Inject private CallerLimiter limiter;
  @Inject private CurrentCaller current;

  @Override
  public void filter(ContainerRequestContext request) {
    limiter
        .exceeded()
        .ifPresent(
            report ->
                request.abortWith(
                    ProblemMapper.respond(
                        Problem.of(
                            ProblemCode.RATE_LIMITED,
                            "more than %d requests in %d s"
                                .formatted(report.most(), report.windowSeconds())))));
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    List<LimitReport> reports = reports();
    if (reports.isEmpty()) {
      return;
    }
    response.getHeaders().putSingle("RateLimit-Policy", LimitReport.policies(reports));
    response.getHeaders().putSingle("RateLimit", LimitReport.states(reports));
    if (response.getStatus() == ProblemCode.RATE_LIMITED.status()) {
      reports.stream()
          .filter(report -> !report.decision().allowed())
          .mapToLong(report -> LimitReport.seconds(report.decision().retryAfter()))
          .max()
          .ifPresent(seconds -> response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, seconds));
    }
  }

  /**
   * The head of an event stream may be written by the thread that feeds it, which has no current
   * request.
   */
  private List<LimitReport> reports() {
    try {
      return current.reports();
    } catch (ContextNotActiveException e) {
      return List.of();
    }
  }
}
