package io.thumbnailer.imaging.header;

/** The memory that libjxl takes for an image. */
public final class JxlMemory {
  /**
   * For floating-point colours, two further channels, the result, and the planes; 15 were measured.
   */
  private static final int BASE = 24;

  /** The number of channels besides the colours, such as alpha and black, in that number. */
  private static final int CHANNELS = 2;

  /** For one more channel: floating-point numbers twice. */
  private static final int CHANNEL = 8;

  private JxlMemory() {}

  /**
   * Returns the maximum number of bytes for a pixel.
   *
   * @param extraChannels the number of channels besides the colours
   */
  public static int bytesPerPixel(int extraChannels) {
    return BASE + CHANNEL * Math.max(0, extraChannels - CHANNELS);
  }
}
