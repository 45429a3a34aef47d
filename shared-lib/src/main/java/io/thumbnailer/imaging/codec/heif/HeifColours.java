package io.thumbnailer.imaging.codec.heif;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.thumbnailer.imaging.raster.SrgbConversion;
import io.thumbnailer.imaging.raster.ToneMapping;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.util.Optional;

/**
 * The colours of a decoded image: an ICC profile of the file, or else code points of the file, or
 * else those of the coded image.
 */
final class HeifColours {
  private static final int MAX_PROFILE_BYTES = 4 << 20;
  private static final double MASTERING_UNIT = 1e-4;

  private final HeifLibrary library;

  HeifColours(HeifLibrary library) {
    this.library = library;
  }

  /** Returns the profile that converts the colours to sRGB; empty if they are sRGB. */
  Optional<ICC_Profile> profile(Pointer handle, Pointer image) throws IOException {
    Optional<byte[]> icc = icc(handle);
    if (icc.isPresent()) {
      return icc.flatMap(SrgbConversion::usableForRgb);
    }
    PointerByReference nclx = new PointerByReference();
    if (library.heif_image_handle_get_nclx_color_profile(handle, nclx).code != 0
        || nclx.getValue() == null) {
      nclx.setValue(null);
      if (library.heif_image_get_nclx_color_profile(image, nclx).code != 0
          || nclx.getValue() == null) {
        return Optional.empty();
      }
    }
    try {
      return Nclx.profile(nclx.getValue().getInt(4), nclx.getValue().getInt(8), toneMapping(image));
    } finally {
      library.heif_nclx_color_profile_free(nclx.getValue());
    }
  }

  private ToneMapping toneMapping(Pointer image) {
    double content = 0;
    double mastering = 0;
    try (Memory light = new Memory(HeifLibrary.LIGHT_BYTES)) {
      if (library.heif_image_has_content_light_level(image) != 0) {
        library.heif_image_get_content_light_level(image, light);
        content = Short.toUnsignedInt(light.getShort(0));
      }
      if (library.heif_image_has_mastering_display_colour_volume(image) != 0) {
        library.heif_image_get_mastering_display_colour_volume(image, light);
        mastering =
            Integer.toUnsignedLong(light.getInt(HeifLibrary.MASTERING_PEAK)) * MASTERING_UNIT;
      }
    }
    return ToneMapping.of(content, mastering);
  }

  private Optional<byte[]> icc(Pointer handle) throws IOException {
    long size = library.heif_image_handle_get_raw_color_profile_size(handle).longValue();
    if (size < 1 || size > MAX_PROFILE_BYTES) {
      return Optional.empty();
    }
    try (Memory profile = new Memory(size)) {
      NativeHeif.check(library.heif_image_handle_get_raw_color_profile(handle, profile));
      return Optional.of(profile.getByteArray(0, (int) size));
    }
  }
}
