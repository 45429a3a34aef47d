package io.thumbnailer.ingest.access;

import io.thumbnailer.ingest.Role;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

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
    Principal principal = request.getSecurityContext().getUserPrincipal();
    return principal instanceof JsonWebToken token
        ? Optional.of(new Caller("jwt:" + token.getName(), role(token.getGroups()), limits))
        : Optional.empty();
  }

  /** By the groups themselves: the application declares no roles that the server could map. */
  private static Role role(Set<String> groups) {
    if (groups == null) {
      return Role.ANYBODY;
    }
    if (groups.contains("admin")) {
      return Role.ADMIN;
    }
    return groups.contains("client") ? Role.CLIENT : Role.ANYBODY;
  }
}
