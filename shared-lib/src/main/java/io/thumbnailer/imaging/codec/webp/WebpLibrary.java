package io.thumbnailer.imaging.codec.webp;

import com.sun.jna.Library;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;

/** The functions of libwebp that are used. Names and types are those of {@code decode.h}. */
interface WebpLibrary extends Library {
  /** The version of the layout of the structures below; its first byte is checked. */
  int ABI = 0x0209;

  int STATUS_OK = 0;
  int STATUS_SUSPENDED = 5;
  int STATUS_NOT_ENOUGH_DATA = 7;

  int MODE_RGB = 0;
  int MODE_RGBA = 1;

  // struct WebPBitstreamFeatures
  int FEATURES_BYTES = 64;
  int FEATURES_WIDTH = 0;
  int FEATURES_HEIGHT = 4;
  int FEATURES_HAS_ALPHA = 8;

  // struct WebPDecoderConfig: features, buffer, options
  int CONFIG_BYTES = 512;
  int COLORSPACE = 40;
  int IS_EXTERNAL_MEMORY = 52;
  int RGBA = 56;
  int STRIDE = 64;
  int SIZE = 72;
  int USE_SCALING = 188;
  int SCALED_WIDTH = 192;
  int SCALED_HEIGHT = 196;

  int WebPGetFeaturesInternal(Pointer data, NativeLong size, Pointer features, int version);

  int WebPInitDecoderConfigInternal(Pointer config, int version);

  Pointer WebPIDecode(Pointer data, NativeLong size, Pointer config);

  int WebPIUpdate(Pointer decoder, Pointer data, NativeLong size);

  Pointer WebPIDecGetRGB(
      Pointer decoder,
      IntByReference lastY,
      IntByReference width,
      IntByReference height,
      IntByReference stride);

  void WebPIDelete(Pointer decoder);
}
