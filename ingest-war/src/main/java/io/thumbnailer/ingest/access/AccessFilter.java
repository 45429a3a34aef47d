package io.thumbnailer.ingest.access;

import io.thumbnailer.ingest.AccessMode;
import io.thumbnailer.ingest.Problem;
import io.thumbnailer.ingest.ProblemCode;
import io.thumbnailer.ingest.ProblemMapper;
import io.thumbnailer.ingest.RequiresRole;
import io.thumbnailer.ingest.Role;
import io.thumbnailer.ingest.StartTask;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;

/** Lets a request through when its caller has the role that the call needs. */
@Provider
@Singleton
@Priority(Priorities.AUTHENTICATION)
public class AccessFilter implements ContainerRequestFilter, StartTask {
  // RESTEasy looks for a constructor of a provider that has no parameters.
  @Inject private AccessSettings settings;
  @Inject private Authenticator authenticator;
  @Inject private CurrentCaller current;
  @Context private ResourceInfo resource;

  /** Building it was the check of the settings. */
  @Override
  public void start() {}

  @Override
  public void filter(ContainerRequestContext request) {
    Optional<RequiresRole> required =
        annotation(resource.getResourceMethod()).or(() -> annotation(resource.getResourceClass()));
    Role needed = required.map(RequiresRole::value).orElse(Role.CLIENT);
    if (isOpen(needed, required.map(RequiresRole::always).orElse(false))) {
      return;
    }
    Optional<Caller> caller = authenticator.authenticate(request);
    if (caller.isEmpty()) {
      request.abortWith(unauthorized());
    } else if (!caller.get().role().includes(needed)) {
      request.abortWith(
          ProblemMapper.respond(
              Problem.of(ProblemCode.FORBIDDEN, "the key or token is not of the role for this")));
    } else {
      current.set(caller.get());
    }
  }

  private boolean isOpen(Role needed, boolean always) {
    return switch (needed) {
      case ANYBODY -> true;
      case VIEWER -> settings.publicThumbnails() || settings.mode() == AccessMode.OPEN;
      case CLIENT, ADMIN -> settings.mode() == AccessMode.OPEN && !always;
    };
  }

  private static Optional<RequiresRole> annotation(AnnotatedElement element) {
    return Optional.ofNullable(element).map(e -> e.getAnnotation(RequiresRole.class));
  }

  private static Response unauthorized() {
    return Response.fromResponse(
            ProblemMapper.respond(
                Problem.of(ProblemCode.UNAUTHORIZED, "a valid key or token is needed")))
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"thumbnailer\"")
        .build();
  }
}
