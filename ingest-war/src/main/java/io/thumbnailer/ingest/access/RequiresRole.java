package io.thumbnailer.ingest.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call a resource or one of its methods; the method's wins. Where there is none, {@link
 * Role#CLIENT} is needed, so that a forgotten one opens nothing.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresRole {
  /** The least role. */
  Role value();

  /** Whether the role is asked for in open access too. Without it a call is open there. */
  boolean always() default false;
}
