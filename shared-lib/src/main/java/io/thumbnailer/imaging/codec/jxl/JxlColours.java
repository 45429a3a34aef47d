package io.thumbnailer.imaging.codec.jxl;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import io.thumbnailer.imaging.raster.Chromaticities;
import io.thumbnailer.imaging.raster.HighDynamicRange;
import io.thumbnailer.imaging.raster.SrgbConversion;
import io.thumbnailer.imaging.raster.ToneMapping;
import java.awt.color.ICC_Profile;
import java.util.Optional;

/**
 * The colours of the pixels that a decoder is going to return. An image that is coded in the
 * colours of its profile keeps them, and HDR keeps its curve, so that it can be tone-mapped. All
 * others are converted to sRGB by libjxl.
 */
final class JxlColours {
  private static final int MAX_PROFILE_BYTES = 4 << 20;

  private final JxlLibrary library;
  private final Pointer decoder;
  private final Pointer format;
  private final boolean old;

  JxlColours(JxlLibrary library, Pointer decoder, Pointer format) {
    this.library = library;
    this.decoder = decoder;
    this.format = format;
    this.old = library.JxlDecoderVersion() < JxlLibrary.VERSION_WITHOUT_FORMAT;
  }

  /** Returns the profile of three channels; empty if they are sRGB. */
  Optional<ICC_Profile> ofRgb() {
    try (Memory encoding = new Memory(JxlLibrary.ENCODING_BYTES)) {
      encoding.clear();
      if (encoding(encoding)
          && HighDynamicRange.is(encoding.getInt(JxlLibrary.ENCODING_TRANSFER))) {
        library.JxlDecoderSetPreferredColorProfile(decoder, encoding);
        return HighDynamicRange.profile(
            chromaticities(encoding),
            encoding.getInt(JxlLibrary.ENCODING_TRANSFER),
            ToneMapping.DEFAULT);
      }
      encoding.clear();
      library.JxlColorEncodingSetToSRGB(encoding, 0);
      // This has no effect on images that are coded in the colours of their profile.
      library.JxlDecoderSetPreferredColorProfile(decoder, encoding);
    }
    return icc().flatMap(SrgbConversion::usableForRgb);
  }

  /** Returns the profile of four inks, if there is one. */
  Optional<ICC_Profile> ofInks() {
    return icc().flatMap(data -> SrgbConversion.valid(data, 4));
  }

  private boolean encoding(Memory encoding) {
    int status =
        old
            ? library.JxlDecoderGetColorAsEncodedProfile(
                decoder, format, JxlLibrary.OF_ORIGINAL, encoding)
            : library.JxlDecoderGetColorAsEncodedProfile(decoder, JxlLibrary.OF_ORIGINAL, encoding);
    int space = encoding.getInt(JxlLibrary.ENCODING_SPACE);
    return status == JxlLibrary.SUCCESS && (space == JxlLibrary.RGB || space == JxlLibrary.GREY);
  }

  private static Chromaticities chromaticities(Memory encoding) {
    if (encoding.getInt(JxlLibrary.ENCODING_SPACE) == JxlLibrary.GREY) {
      return Chromaticities.BT709; // all grey is alike
    }
    double[] xy = new double[8];
    encoding.read(JxlLibrary.ENCODING_WHITE, xy, 0, 2);
    encoding.read(JxlLibrary.ENCODING_RED, xy, 2, 6);
    return new Chromaticities(xy);
  }

  private Optional<byte[]> icc() {
    NativeLongByReference size = new NativeLongByReference();
    int status =
        old
            ? library.JxlDecoderGetICCProfileSize(decoder, format, JxlLibrary.OF_PIXELS, size)
            : library.JxlDecoderGetICCProfileSize(decoder, JxlLibrary.OF_PIXELS, size);
    long bytes = size.getValue().longValue();
    if (status != JxlLibrary.SUCCESS || bytes < 1 || bytes > MAX_PROFILE_BYTES) {
      return Optional.empty();
    }
    try (Memory icc = new Memory(bytes)) {
      NativeLong length = size.getValue();
      status =
          old
              ? library.JxlDecoderGetColorAsICCProfile(
                  decoder, format, JxlLibrary.OF_PIXELS, icc, length)
              : library.JxlDecoderGetColorAsICCProfile(decoder, JxlLibrary.OF_PIXELS, icc, length);
      return status == JxlLibrary.SUCCESS
          ? Optional.of(icc.getByteArray(0, (int) bytes))
          : Optional.empty();
    }
  }
}
