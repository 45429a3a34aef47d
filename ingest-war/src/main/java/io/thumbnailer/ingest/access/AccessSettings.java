package io.thumbnailer.ingest.access;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The configuration of access.
 *
 * @param policy how callers authenticate
 * @param keys that are known
 * @param tokenLimits limits of the subject of a JWT
 */
record AccessSettings(AccessPolicy policy, List<ApiKey> keys, CallerLimits tokenLimits) {
  private static final String KEYS = "thumbnailer.access.keys";
  private static final String TOKEN_LIMITS = "thumbnailer.access.jwt-limits";

  AccessSettings {
    keys = List.copyOf(keys);
  }

  /** Reads and checks the settings; throws {@link InvalidSettingException}. */
  static AccessSettings from(SettingsReader settings) {
    AccessPolicy policy = AccessPolicy.from(settings);
    List<ApiKey> keys = new ArrayList<>();
    settings
        .namesUnder(KEYS)
        .forEach((name, specification) -> keys.add(parse(name, specification)));
    if (policy.mode() == AccessMode.API_KEYS && keys.isEmpty()) {
      throw new InvalidSettingException(
          KEYS,
          "there is no key; set "
              + KEYS
              + ".NAME to sha256:DIGEST, or thumbnailer.access to jwt, or to open where everybody"
              + " may use the service");
    }
    if (policy.mode() == AccessMode.JWT) {
      requireTokenSettings(settings);
    }
    return new AccessSettings(policy, keys, tokenLimits(settings));
  }

  boolean hasAdminKey() {
    return keys.stream().anyMatch(key -> key.role() == Role.ADMIN);
  }

  /** Without them the server would accept anybody's tokens, or none. */
  private static void requireTokenSettings(SettingsReader settings) {
    if (settings.text("mp.jwt.verify.issuer").isEmpty()) {
      throw new InvalidSettingException("mp.jwt.verify.issuer", "is required with jwt access");
    }
    if (settings.text("mp.jwt.verify.publickey", "mp.jwt.verify.publickey.location").isEmpty()) {
      throw new InvalidSettingException(
          "mp.jwt.verify.publickey",
          "or mp.jwt.verify.publickey.location is required with jwt access");
    }
    try {
      var unused = Class.forName("org.eclipse.microprofile.jwt.JsonWebToken");
    } catch (ClassNotFoundException e) {
      throw new InvalidSettingException(
          "thumbnailer.access", "jwt must be set as the environment variable THUMBNAILER_ACCESS");
    }
  }

  private static ApiKey parse(String name, String specification) {
    try {
      return ApiKey.parse(name, specification);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(KEYS + "." + name, e.getMessage());
    }
  }

  private static CallerLimits tokenLimits(SettingsReader settings) {
    CallerLimits.Builder limits = new CallerLimits.Builder();
    try {
      settings
          .text(TOKEN_LIMITS)
          .ifPresent(
              text -> Arrays.stream(text.split(",", -1)).map(String::strip).forEach(limits::read));
      return limits.build();
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          TOKEN_LIMITS, "must look like rate=10/s,burst=20,quota=1000/d");
    }
  }
}
