package io.thumbnailer.imaging.codec.jxl;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import io.thumbnailer.imaging.header.JxlMemory;
import io.thumbnailer.imaging.model.ImageHeader;
import java.io.IOException;

/**
 * Checks what a file declares before its pixels are decoded: a small image can have a huge frame or
 * hundreds of channels, and libjxl would allocate memory for all of them.
 */
final class JxlFrames {
  /** A frame may be this much larger than the image. */
  private static final long SPARE_PIXELS = 1 << 20;

  private final JxlLibrary library;

  JxlFrames(JxlLibrary library) {
    this.library = library;
  }

  /** Throws {@link IOException} if it is too much, or differs from the admitted header. */
  void check(Pointer bytes, NativeLong size, ImageHeader header, int bytesPerPixel)
      throws IOException {
    Pointer decoder = library.JxlDecoderCreate(null);
    try (Memory info = new Memory(JxlLibrary.INFO_BYTES);
        Memory frame = new Memory(JxlLibrary.FRAME_BYTES)) {
      library.JxlDecoderSetCoalescing(decoder, 0);
      library.JxlDecoderSubscribeEvents(decoder, JxlLibrary.BASIC_INFO | JxlLibrary.FRAME);
      library.JxlDecoderSetInput(decoder, bytes, size);
      int event = library.JxlDecoderProcessInput(decoder);
      if (event == JxlLibrary.BASIC_INFO) {
        library.JxlDecoderGetBasicInfo(decoder, info);
        long width = Integer.toUnsignedLong(info.getInt(JxlLibrary.INFO_WIDTH));
        long height = Integer.toUnsignedLong(info.getInt(JxlLibrary.INFO_HEIGHT));
        if (width != header.width() || height != header.height()) {
          throw new IOException("an embedded image of %d x %d".formatted(width, height));
        }
        int channels = info.getInt(JxlLibrary.INFO_EXTRA_CHANNELS);
        if (channels < 0 || JxlMemory.bytesPerPixel(channels) > bytesPerPixel) {
          throw new IOException(channels + " channels besides the colours");
        }
        event = library.JxlDecoderProcessInput(decoder);
      }
      if (event == JxlLibrary.FRAME) {
        library.JxlDecoderGetFrameHeader(decoder, frame);
        long width = Integer.toUnsignedLong(frame.getInt(JxlLibrary.FRAME_WIDTH));
        long height = Integer.toUnsignedLong(frame.getInt(JxlLibrary.FRAME_HEIGHT));
        if (width * height > header.pixels() + SPARE_PIXELS) {
          throw new IOException("a frame of %d x %d in a smaller image".formatted(width, height));
        }
      }
    } finally {
      library.JxlDecoderDestroy(decoder);
    }
  }
}
