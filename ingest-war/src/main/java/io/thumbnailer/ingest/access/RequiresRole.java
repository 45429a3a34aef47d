package io.thumbnailer.ingest.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The role required by a resource or one of its methods; the method's annotation takes precedence.
 * Without one, {@link Role#CLIENT} is required, so that a forgotten annotation opens nothing.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresRole {
  /** The required role. */
  Role value();

  /** Whether the role is required in open access too. Otherwise a call is open there. */
  boolean always() default false;
}
