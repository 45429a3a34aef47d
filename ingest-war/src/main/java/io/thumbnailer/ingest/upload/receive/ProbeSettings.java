package io.thumbnailer.ingest.upload.receive;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.imaging.ImageProbe;
import io.thumbnailer.imaging.model.ImageFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the headers of received files are read.
 *
 * @param timeout for one header
 * @param memory bytes shared by all headers that are being read
 * @param formats that are accepted
 * @param decodeMemory bytes that a worker has for decoding; images that need more are refused
 */
public record ProbeSettings(
    Duration timeout, long memory, Set<ImageFormat> formats, long decodeMemory) {
  private static final String FORMATS = "thumbnailer.image.formats";

  /** Half of the heap of a worker in the images. */
  private static final long LEAST_DECODE_MEMORY = 300L << 20;

  static ProbeSettings from(SettingsReader settings) {
    return new ProbeSettings(
        settings.duration(
            "thumbnailer.upload.probe-timeout",
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofMinutes(1)),
        settings.wholeNumber(
            "thumbnailer.upload.probe-memory", 16L << 20, 1L << 20, Integer.MAX_VALUE),
        settings.text(FORMATS).map(ProbeSettings::formats).orElseGet(ImageProbe::available),
        settings.wholeNumber(
            "thumbnailer.image.memory",
            Math.max(LEAST_DECODE_MEMORY, Runtime.getRuntime().maxMemory() / 2),
            1L << 20,
            Long.MAX_VALUE));
  }

  private static Set<ImageFormat> formats(String text) {
    if (text.equals("auto")) {
      return ImageProbe.available();
    }
    try {
      return Arrays.stream(text.split(",", -1))
          .map(name -> ImageFormat.valueOf(name.strip().toUpperCase(Locale.ROOT)))
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(ImageFormat.class)));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          FORMATS,
          "must be auto, or some of "
              + Arrays.stream(ImageFormat.values())
                  .map(format -> format.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(",")));
    }
  }
}
