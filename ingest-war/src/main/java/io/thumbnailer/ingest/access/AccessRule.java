package io.thumbnailer.ingest.access;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Who may make a call, by its {@link RequiresRole}.
 *
 * @param role the least role
 * @param always whether it is asked for in open access too
 */
public record AccessRule(Role role, boolean always) {

  /** The rule of a resource's method; either may be null where none is matched. */
  public static AccessRule of(Class<?> resource, Method method) {
    return annotation(method)
        .or(() -> annotation(resource))
        .map(required -> new AccessRule(required.value(), required.always()))
        .orElse(new AccessRule(Role.CLIENT, false));
  }

  /** Whether everybody may make the call. */
  public boolean isOpen(AccessPolicy policy) {
    boolean open = policy.mode() == AccessMode.OPEN;
    return switch (role) {
      case ANYBODY -> true;
      case VIEWER -> open || policy.publicThumbnails();
      case CLIENT, ADMIN -> open && !always;
    };
  }

  /** Whether there are callers who are known and may not make the call. */
  public boolean isRefusedToSome(AccessMode mode) {
    // every key is a client's at least, but a token can be of neither group
    return role == Role.ADMIN || mode == AccessMode.JWT;
  }

  private static Optional<RequiresRole> annotation(AnnotatedElement element) {
    return Optional.ofNullable(element).map(e -> e.getAnnotation(RequiresRole.class));
  }
}
