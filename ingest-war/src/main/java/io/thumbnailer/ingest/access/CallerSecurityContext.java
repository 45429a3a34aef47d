package io.thumbnailer.ingest.access;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Arrays;

/**
 * The caller of a request as JAX-RS shows it to resources and filters.
 *
 * @param caller as authenticated
 * @param isSecure whether the request came by HTTPS
 */
record CallerSecurityContext(Caller caller, boolean isSecure) implements SecurityContext {
  @Override
  public Principal getUserPrincipal() {
    return caller;
  }

  /** Whether the caller's role includes this one: the name of a {@link Role}, in any case. */
  @Override
  public boolean isUserInRole(String role) {
    return Arrays.stream(Role.values())
        .anyMatch(known -> known.name().equalsIgnoreCase(role) && caller.role().includes(known));
  }

  /** Not one of the schemes of the servlet container. */
  @Override
  public String getAuthenticationScheme() {
    return null;
  }
}
