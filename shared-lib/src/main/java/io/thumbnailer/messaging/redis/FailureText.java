package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.PermanentFailureException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The text of an exception, in the form in which it is stored with a message.
 *
 * @param code the exception's own, or its class name in kebab case
 * @param detail its message, shortened
 * @param stack its first frames
 */
record FailureText(String code, String detail, String stack) {
  private static final int MAX_DETAIL = 500;
  private static final int FRAMES = 8;

  static FailureText of(Throwable failure) {
    String detail = Optional.ofNullable(failure.getMessage()).orElse("");
    return new FailureText(
        code(failure),
        detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail,
        Arrays.stream(failure.getStackTrace())
            .limit(FRAMES)
            .map(StackTraceElement::toString)
            .collect(Collectors.joining("\n", failure.getClass().getName() + "\n", "")));
  }

  private static String code(Throwable failure) {
    if (failure instanceof PermanentFailureException permanent) {
      return permanent.code();
    }
    return failure
        .getClass()
        .getSimpleName()
        .replaceAll("(Exception|Error)$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
