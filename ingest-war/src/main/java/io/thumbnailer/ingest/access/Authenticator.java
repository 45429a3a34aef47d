package io.thumbnailer.ingest.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** Authenticates the caller of a request. */
interface Authenticator {
  /**
   * The caller; empty if the request has no credentials, or unknown ones.
   *
   * @param response not committed; discarded if authentication fails
   */
  Optional<Caller> authenticate(HttpServletRequest request, HttpServletResponse response);
}
