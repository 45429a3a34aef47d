package io.thumbnailer.ingest.access;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;

/**
 * The access policy of this server.
 *
 * @param mode how callers authenticate
 * @param publicThumbnails whether anyone who knows a thumbnail's URL may read it
 */
public record AccessPolicy(AccessMode mode, boolean publicThumbnails) {

  /** Reads the settings; throws {@link InvalidSettingException}. */
  public static AccessPolicy from(SettingsReader settings) {
    return new AccessPolicy(
        AccessMode.from(settings), settings.flag("thumbnailer.thumbnails.public", false));
  }
}
