package io.thumbnailer.messaging;

import java.util.regex.Pattern;

/**
 * The name of a queue. The counterpart of {@code jakarta.jms.Queue}.
 *
 * @param name 1 to 64 letters, digits, dots, dashes or underscores; becomes part of Redis keys
 */
public record Destination(String name) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** Throws {@link IllegalArgumentException} if the name is malformed. */
  public Destination {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a destination name: " + name);
    }
  }
}
