package io.thumbnailer.ingest.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Identifies callers by their MicroProfile JWT. The server verifies signature, issuer, audience and
 * expiry on demand, so that a refused token is answered here with a problem. The token's {@code
 * groups} are roles, {@code admin} and {@code client}; a token with neither is refused.
 */
final class TokenAuthenticator implements Authenticator {
  private final CallerLimits limits;

  TokenAuthenticator(CallerLimits limits) {
    this.limits = limits;
  }

  @Override
  public Optional<Caller> authenticate(HttpServletRequest request, HttpServletResponse response) {
    return request.getHeader(HttpHeaders.AUTHORIZATION) != null
            && isGood(request, response)
            && request.getUserPrincipal() instanceof JsonWebToken token
        ? Optional.of(new Caller("jwt:" + token.getName(), role(token.getGroups()), limits))
        : Optional.empty();
  }

  private static boolean isGood(HttpServletRequest request, HttpServletResponse response) {
    try {
      return request.authenticate(response);
    } catch (ServletException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Uses the groups directly: the application declares no roles that the server could map. */
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
