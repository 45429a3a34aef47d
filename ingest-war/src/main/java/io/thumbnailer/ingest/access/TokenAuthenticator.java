package io.thumbnailer.ingest.access;

import io.thumbnailer.ingest.Role;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;

/**
 * Knows callers by their MicroProfile JWT. The server has checked its signature, issuer, audience
 * and expiry; its {@code groups} are roles: {@code admin} and {@code client}. A token of neither is
 * good for nothing.
 */
final class TokenAuthenticator implements Authenticator {
  private final CallerLimits limits;

  TokenAuthenticator(CallerLimits limits) {
    this.limits = limits;
  }

  @Override
  public Optional<Caller> authenticate(ContainerRequestContext request) {
    SecurityContext security = request.getSecurityContext();
    if (security.getUserPrincipal() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Caller("jwt:" + security.getUserPrincipal().getName(), role(security), limits));
  }

  private static Role role(SecurityContext security) {
    if (security.isUserInRole("admin")) {
      return Role.ADMIN;
    }
    return security.isUserInRole("client") ? Role.CLIENT : Role.ANYBODY;
  }
}
