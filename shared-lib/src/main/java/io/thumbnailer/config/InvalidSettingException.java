package io.thumbnailer.config;

/** A setting that the service cannot start with; the message is one line that names the key. */
public class InvalidSettingException extends RuntimeException {
  /** For a key as docs/configuration.md has it. */
  public InvalidSettingException(String key, String problem) {
    super("setting " + key + ": " + problem);
  }
}
