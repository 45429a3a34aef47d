package io.thumbnailer.job;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.imaging.model.Rendition;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The renditions by name, from {@code thumbnailer.renditions.NAME}.
 *
 * @param byName at least one, at most {@link #MAX_RENDITIONS}
 */
public record RenditionSettings(Map<String, Rendition> byName) {
  /** So that their specifications fit into an object's metadata (2 KB on S3). */
  public static final int MAX_RENDITIONS = 12;

  private static final String PREFIX = "thumbnailer.renditions";

  /** The value that removes a rendition. */
  private static final String OFF = "off";

  public RenditionSettings {
    byName = Map.copyOf(byName);
  }

  /** Reads and checks them; throws {@link InvalidSettingException}. */
  public static RenditionSettings from(SettingsReader settings) {
    Map<String, Rendition> renditions = new LinkedHashMap<>();
    settings
        .namesUnder(PREFIX)
        .forEach(
            (name, specification) -> {
              if (!specification.equals(OFF)) {
                renditions.put(name, parse(name, specification));
              }
            });
    if (renditions.isEmpty() || renditions.size() > MAX_RENDITIONS) {
      throw new InvalidSettingException(
          PREFIX, "there must be 1 to " + MAX_RENDITIONS + " renditions, not " + renditions.size());
    }
    return new RenditionSettings(renditions);
  }

  private static Rendition parse(String name, String specification) {
    try {
      return Rendition.parse(name, specification);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(PREFIX + "." + name, e.getMessage());
    }
  }
}
