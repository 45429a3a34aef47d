package io.thumbnailer.ingest.fakes;

import java.lang.reflect.Field;
import java.util.Arrays;

/** Sets the fields that a server would inject into a provider. */
public final class Injection {
  private Injection() {}

  /** Sets the only field of the class whose type fits a value. */
  public static void set(Object target, Object value) {
    Field field =
        Arrays.stream(target.getClass().getDeclaredFields())
            .filter(candidate -> candidate.getAnnotations().length > 0)
            .filter(candidate -> candidate.getType().isInstance(value))
            .findFirst()
            .orElseThrow();
    try {
      field.setAccessible(true);
      field.set(target, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
