package io.thumbnailer.ingest.access;

import io.thumbnailer.ingest.http.Problem;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemMapper;
import io.thumbnailer.ingest.lifecycle.StartTask;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/** Admits a request if its caller has the role that the call requires. */
@Provider
@Singleton
@Priority(Priorities.AUTHENTICATION)
public class AccessFilter implements ContainerRequestFilter, StartTask {
  private static final String CHALLENGE = "Bearer realm=\"thumbnailer\"";

  // RESTEasy requires a provider to have a constructor without parameters.
  @Inject private AccessSettings settings;
  @Inject private Authenticator authenticator;
  @Inject private CurrentCaller current;
  @Context private ResourceInfo resource;
  @Context private HttpServletRequest servletRequest;
  @Context private HttpServletResponse servletResponse;

  @Override
  public void start() {}

  @Override
  public void filter(ContainerRequestContext request) {
    AccessRule rule = AccessRule.of(resource.getResourceClass(), resource.getResourceMethod());
    if (rule.isOpen(settings.policy())) {
      return;
    }
    Optional<Caller> caller = authenticator.authenticate(servletRequest, servletResponse);
    if (caller.isEmpty()) {
      request.abortWith(unauthorized(request.getHeaderString(HttpHeaders.AUTHORIZATION) != null));
    } else if (!caller.get().role().includes(rule.role())) {
      request.abortWith(
          ProblemMapper.respond(
              Problem.of(
                  ProblemCode.FORBIDDEN, "this API key or token does not have the required role")));
    } else {
      current.set(caller.get());
      request.setSecurityContext(
          new CallerSecurityContext(caller.get(), request.getSecurityContext().isSecure()));
    }
  }

  /** Does not reveal what is wrong with the credentials (RFC 6750, section 3.1). */
  private static Response unauthorized(boolean shown) {
    return Response.fromResponse(
            ProblemMapper.respond(
                Problem.of(ProblemCode.UNAUTHORIZED, "a valid API key or token is required")))
        .header(
            HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + (shown ? ", error=\"invalid_token\"" : ""))
        .build();
  }
}
