package io.thumbnailer.ingest.access;

import io.thumbnailer.digest.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** Identifies callers by the key in {@code X-API-Key} or {@code Authorization: Bearer}. */
final class ApiKeyAuthenticator implements Authenticator {
  static final String HEADER = "X-API-Key";
  private static final String BEARER = "Bearer ";
  private static final int LONGEST = 512;

  private final List<ApiKey> keys;

  ApiKeyAuthenticator(List<ApiKey> keys) {
    this.keys = List.copyOf(keys);
  }

  @Override
  public Optional<Caller> authenticate(HttpServletRequest request, HttpServletResponse response) {
    return presented(request).filter(key -> key.length() <= LONGEST).flatMap(this::find);
  }

  private static Optional<String> presented(HttpServletRequest request) {
    String key = request.getHeader(HEADER);
    if (key != null) {
      return Optional.of(key.strip());
    }
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(authorization.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  /** Compares with every key even after a match, so that timing reveals nothing. */
  private Optional<Caller> find(String key) {
    byte[] digest = Sha256.of(key);
    Optional<Caller> found = Optional.empty();
    for (ApiKey known : keys) {
      if (known.matches(digest)) {
        found = Optional.of(known.caller());
      }
    }
    return found;
  }
}
