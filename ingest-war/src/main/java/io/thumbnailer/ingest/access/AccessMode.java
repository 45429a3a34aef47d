package io.thumbnailer.ingest.access;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;

/** How callers authenticate: {@code thumbnailer.access}. */
public enum AccessMode {
  /** Everybody is a client; only operations need a key. */
  OPEN("open"),
  /** By a key whose digest is configured. */
  API_KEYS("api-keys"),
  /** By a MicroProfile JWT. */
  JWT("jwt");

  private static final String KEY = "thumbnailer.access";

  private final String value;

  AccessMode(String value) {
    this.value = value;
  }

  /** The mode as it is configured. */
  public String configured() {
    return value;
  }

  /** Reads the setting; API keys if it is missing. Throws {@link InvalidSettingException}. */
  public static AccessMode from(SettingsReader settings) {
    String configured = settings.text(KEY).orElse(API_KEYS.value);
    for (AccessMode mode : values()) {
      if (mode.value.equals(configured)) {
        return mode;
      }
    }
    throw new InvalidSettingException(KEY, "must be open, api-keys or jwt");
  }
}
