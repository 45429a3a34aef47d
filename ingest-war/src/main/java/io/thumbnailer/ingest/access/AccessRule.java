package io.thumbnailer.ingest.access;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * The access rule of a call, from its {@link RequiresRole}.
 *
 * @param role the least role
 * @param always whether it is required in open access too
 */
public record AccessRule(Role role, boolean always) {

  /** The rule of a resource method; either argument may be null if none is matched. */
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

  /** Whether an authenticated caller may be refused. */
  public boolean isRefusedToSome(AccessMode mode) {
    // every key has at least the role client, but a token may have neither group
    return role == Role.ADMIN || mode == AccessMode.JWT;
  }

  private static Optional<RequiresRole> annotation(AnnotatedElement element) {
    return Optional.ofNullable(element).map(e -> e.getAnnotation(RequiresRole.class));
  }
}
