package io.thumbnailer.ingest.access;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;

/**
 * What this server asks of its callers.
 *
 * @param mode how they show who they are
 * @param publicThumbnails whether thumbnails are for everybody who knows their address
 */
public record AccessPolicy(AccessMode mode, boolean publicThumbnails) {

  /** Reads the settings; throws {@link InvalidSettingException}. */
  public static AccessPolicy from(SettingsReader settings) {
    return new AccessPolicy(
        AccessMode.from(settings), settings.flag("thumbnailer.thumbnails.public", false));
  }
}
