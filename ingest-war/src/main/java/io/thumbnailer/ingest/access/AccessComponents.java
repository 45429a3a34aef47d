package io.thumbnailer.ingest.access;

import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.digest.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Builds the access control from the configuration. */
@ApplicationScoped
public class AccessComponents {
  private static final System.Logger LOG = System.getLogger(AccessComponents.class.getName());
  private static final int KEY_BYTES = 24;

  @Produces
  @Singleton
  AccessSettings settings(SettingsReader reader) {
    return AccessSettings.from(reader);
  }

  @Produces
  @Singleton
  Authenticator authenticator(AccessSettings settings) {
    List<ApiKey> keys = new ArrayList<>(settings.keys());
    if (settings.policy().mode() == AccessMode.OPEN) {
      LOG.log(
          System.Logger.Level.WARNING,
          "access is open: anyone who can reach this server can use it (thumbnailer.access)");
      if (!settings.hasAdminKey()) {
        keys.add(temporaryAdminKey());
      }
    }
    return settings.policy().mode() == AccessMode.JWT
        ? new TokenAuthenticator(settings.tokenLimits())
        : new ApiKeyAuthenticator(keys);
  }

  /** For the local stack, so that no key has to be created. It is valid until the server stops. */
  private static ApiKey temporaryAdminKey() {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    String key = HexFormat.of().formatHex(random);
    LOG.log(System.Logger.Level.WARNING, "admin key, valid until this server stops: {0}", key);
    return new ApiKey("temporary-admin", Sha256.hex(key), Role.ADMIN, CallerLimits.NONE);
  }
}
