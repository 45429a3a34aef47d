package io.thumbnailer.ingest.access;

import java.security.Principal;

/**
 * Who makes a request.
 *
 * @param name of the key, or subject of the token
 * @param role the caller's role
 * @param limits of the rate and quota
 */
record Caller(String name, Role role, CallerLimits limits) implements Principal {
  /** An anonymous caller of an open call. */
  static final Caller ANYONE = new Caller("anyone", Role.CLIENT, CallerLimits.NONE);

  @Override
  public String getName() {
    return name;
  }
}
