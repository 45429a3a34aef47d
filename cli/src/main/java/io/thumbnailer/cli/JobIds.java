package io.thumbnailer.cli;

import java.util.List;
import java.util.regex.Pattern;

/** The form of a job's id, checked before it becomes part of an address. */
final class JobIds {
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private JobIds() {}

  static boolean isValid(String id) {
    return UUID_FORM.matcher(id).matches();
  }

  /** Throws a usage error for the first that is none. */
  static void require(List<String> ids, ServerOptions options) {
    for (String id : ids) {
      if (!isValid(id)) {
        throw options.wrong("not a job's id: " + SafeText.of(id));
      }
    }
  }
}
