package io.thumbnailer.ingest.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** Finds out who makes a request. */
interface Authenticator {
  /**
   * The caller; empty when the request shows nothing, or nothing that is known.
   *
   * @param response not begun; what is left in it then is not the answer
   */
  Optional<Caller> authenticate(HttpServletRequest request, HttpServletResponse response);
}
