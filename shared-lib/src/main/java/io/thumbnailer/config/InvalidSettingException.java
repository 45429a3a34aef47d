package io.thumbnailer.config;

/** An invalid setting; the message is one line that names the key. */
public class InvalidSettingException extends RuntimeException {
  /** Creates an exception for a key in docs/configuration.md. */
  public InvalidSettingException(String key, String problem) {
    super("setting " + key + ": " + problem);
  }
}
