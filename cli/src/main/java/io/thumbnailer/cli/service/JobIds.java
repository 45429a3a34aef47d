package io.thumbnailer.cli.service;

import java.util.regex.Pattern;

/** The form of a job's id, checked before it becomes part of an address. */
public final class JobIds {
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private JobIds() {}

  /** Whether a text has the form of a job's id: a UUID in lower case. */
  public static boolean isValid(String id) {
    return UUID_FORM.matcher(id).matches();
  }
}
