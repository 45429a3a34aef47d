package io.thumbnailer.imaging.codec.jxl;

import com.sun.jna.Library;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;

/** The functions of libjxl that are used. Names and types are those of {@code decode.h}. */
interface JxlLibrary extends Library {
  int SUCCESS = 0;
  int NEED_MORE_INPUT = 2;
  int NEED_IMAGE_OUT_BUFFER = 5;
  int BASIC_INFO = 0x40;
  int COLOR_ENCODING = 0x100;
  int FRAME = 0x400;
  int FULL_IMAGE = 0x1000;

  /** {@code JXL_COLOR_PROFILE_TARGET_ORIGINAL}. */
  int OF_ORIGINAL = 0;

  /** {@code JXL_COLOR_PROFILE_TARGET_DATA}. */
  int OF_PIXELS = 1;

  /** From this version on, profiles are requested without a pixel format. */
  int VERSION_WITHOUT_FORMAT = 9000;

  // JxlBasicInfo
  int INFO_BYTES = 512;
  int INFO_WIDTH = 4;
  int INFO_HEIGHT = 8;
  int INFO_ORIGINAL_PROFILE = 36;
  int INFO_EXTRA_CHANNELS = 56;
  int INFO_ALPHA_BITS = 60;
  int INFO_ALPHA_PREMULTIPLIED = 68;

  // JxlFrameHeader
  int FRAME_BYTES = 256;
  int FRAME_WIDTH = 28;
  int FRAME_HEIGHT = 32;

  // JxlPixelFormat: channels, type, byte order, alignment of rows
  int FORMAT_BYTES = 24;
  int UINT8 = 2;

  // JxlExtraChannelInfo
  int CHANNEL_BYTES = 256;
  int CHANNEL_TYPE = 0;

  /** {@code JXL_CHANNEL_BLACK}. */
  int BLACK = 4;

  // JxlColorEncoding
  int ENCODING_BYTES = 256;
  int ENCODING_SPACE = 0;
  int ENCODING_WHITE = 8;
  int ENCODING_RED = 32;
  int ENCODING_TRANSFER = 80;

  /** {@code JXL_COLOR_SPACE_RGB}. */
  int RGB = 0;

  /** {@code JXL_COLOR_SPACE_GRAY}. */
  int GREY = 1;

  int JxlDecoderVersion();

  Pointer JxlDecoderCreate(Pointer memoryManager);

  void JxlDecoderDestroy(Pointer decoder);

  int JxlDecoderSubscribeEvents(Pointer decoder, int events);

  int JxlDecoderSetCoalescing(Pointer decoder, int coalescing);

  int JxlDecoderSetInput(Pointer decoder, Pointer data, NativeLong size);

  NativeLong JxlDecoderReleaseInput(Pointer decoder);

  int JxlDecoderProcessInput(Pointer decoder);

  int JxlDecoderGetBasicInfo(Pointer decoder, Pointer info);

  int JxlDecoderGetFrameHeader(Pointer decoder, Pointer header);

  void JxlColorEncodingSetToSRGB(Pointer encoding, int grey);

  int JxlDecoderGetExtraChannelInfo(Pointer decoder, NativeLong index, Pointer info);

  int JxlDecoderSetExtraChannelBuffer(
      Pointer decoder, Pointer format, Pointer buffer, NativeLong size, int index);

  int JxlDecoderGetColorAsEncodedProfile(
      Pointer decoder, Pointer format, int target, Pointer encoding);

  int JxlDecoderGetColorAsEncodedProfile(Pointer decoder, int target, Pointer encoding);

  int JxlDecoderSetPreferredColorProfile(Pointer decoder, Pointer encoding);

  int JxlDecoderGetICCProfileSize(
      Pointer decoder, Pointer format, int target, NativeLongByReference size);

  int JxlDecoderGetICCProfileSize(Pointer decoder, int target, NativeLongByReference size);

  int JxlDecoderGetColorAsICCProfile(
      Pointer decoder, Pointer format, int target, Pointer profile, NativeLong size);

  int JxlDecoderGetColorAsICCProfile(Pointer decoder, int target, Pointer profile, NativeLong size);

  int JxlDecoderSetImageOutBuffer(Pointer decoder, Pointer format, Pointer buffer, NativeLong size);

  int JxlDecoderFlushImage(Pointer decoder);
}
