package io.thumbnailer.ingest.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Tells callers what they may do, in a call that is open to everybody. */
@Singleton
public class CallerRights {
  private final AccessSettings settings;
  private final Authenticator authenticator;

  /**
   * What a caller may do on this server with the key or token of the current request.
   *
   * @param upload send images and follow their jobs
   * @param thumbnails get thumbnails by their address
   * @param jobs list the jobs of all callers
   * @param admin see the queue and change it
   */
  public record Rights(boolean upload, boolean thumbnails, boolean jobs, boolean admin) {}

  @Inject
  public CallerRights(AccessSettings settings, Authenticator authenticator) {
    this.settings = settings;
    this.authenticator = authenticator;
  }

  /** The mode of this server. */
  public AccessMode mode() {
    return settings.policy().mode();
  }

  /** The rights of the caller of a request; an unknown key gives none. */
  public Rights of(HttpServletRequest request, HttpServletResponse response) {
    Role role =
        authenticator.authenticate(request, response).map(Caller::role).orElse(Role.ANYBODY);
    return new Rights(
        may(new AccessRule(Role.CLIENT, false), role),
        may(new AccessRule(Role.VIEWER, false), role),
        may(new AccessRule(Role.ADMIN, false), role),
        may(new AccessRule(Role.ADMIN, true), role));
  }

  private boolean may(AccessRule rule, Role role) {
    return rule.isOpen(settings.policy()) || role.includes(rule.role());
  }
}
