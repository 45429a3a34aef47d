package io.thumbnailer.imaging.header;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The image sizes in the configuration of an HEVC or AV1 decoder. They may differ from those that a
 * HEIF file states, and decoders allocate memory for them.
 */
final class CodedSizes {
  private static final int SPS = 33;
  private static final int SEQUENCE_HEADER = 1;

  /** From the size in a sequence header of AV1 to the range of the samples, at most. */
  private static final int MOST_BITS_TO_RANGE = 64;

  private byte[] data;
  private int bit;

  private CodedSizes(byte[] data) {
    this.data = data;
  }

  /**
   * The size of an image as it is coded.
   *
   * @param width in pixels, including padding
   * @param height in pixels, including padding
   * @param limitedGrey whether there is only one channel, whose black is 16 and whose white is 235
   *     of 255; known of AV1 only
   */
  record Coded(long width, long height, boolean limitedGrey) {}

  /**
   * The sizes in an {@code hvcC} box (ISO/IEC 14496-15, 8.3.3).
   *
   * @throws ArrayIndexOutOfBoundsException if it ends too early
   */
  static List<Coded> ofHevc(byte[] box) {
    List<Coded> sizes = new ArrayList<>();
    int at = 23;
    for (int arrays = box[22] & 0xFF; arrays > 0; arrays--) {
      int type = box[at] & 0x3F;
      int count = number(box, at + 1);
      at += 3;
      for (; count > 0; count--) {
        int length = number(box, at);
        at += 2;
        if (type == SPS) {
          sizes.add(new CodedSizes(unescaped(box, at, at + length)).sps());
        }
        at += length;
      }
    }
    return sizes;
  }

  /** The size in a sequence parameter set, which begins with its header of two bytes. */
  static Coded ofParameters(byte[] start) {
    return new CodedSizes(unescaped(start, 0, start.length)).sps();
  }

  /**
   * The sizes in the sequence headers of an {@code av1C} box, if it has any (AV1 in ISOBMFF, 2.3).
   */
  static List<Coded> ofAv1(byte[] box) {
    List<Coded> sizes = new ArrayList<>();
    for (long at = 4; at < box.length; ) {
      Unit unit = unit(box, (int) at);
      sizes.addAll(unit.sizes());
      at = unit.end();
    }
    return sizes;
  }

  /**
   * A unit (OBU) of AV1 (5.3).
   *
   * @param sizes one, if it is a sequence header
   * @param end where the next unit begins
   */
  record Unit(List<Coded> sizes, long end) {}

  /** Reads the unit that begins at an index; its end may be missing. */
  static Unit unit(byte[] bytes, int from) {
    int type = bytes[from] >> 3 & 15;
    boolean extension = (bytes[from] & 4) != 0;
    boolean sized = (bytes[from] & 2) != 0;
    int at = from + (extension ? 2 : 1);
    long length = Integer.MAX_VALUE; // all remaining bytes
    if (sized) {
      length = 0;
      for (int shift = 0; ; shift += 7) {
        int next = bytes[at++];
        length |= (long) (next & 0x7F) << Math.min(shift, 49);
        if (next >= 0) {
          break;
        }
      }
    }
    if (type != SEQUENCE_HEADER) {
      return new Unit(List.of(), at + length);
    }
    int end = (int) Math.min(bytes.length, at + length);
    Coded size = new CodedSizes(Arrays.copyOfRange(bytes, at, end)).sequence();
    return new Unit(List.of(size), at + length);
  }

  /** Reads a sequence parameter set (ITU-T H.265, 7.3.2.2) up to the size. */
  private Coded sps() {
    bit = 16 + 4;
    int subLayers = bits(3);
    bit += 1 + 96;
    boolean[] profile = new boolean[subLayers];
    boolean[] level = new boolean[subLayers];
    for (int i = 0; i < subLayers; i++) {
      profile[i] = bits(1) == 1;
      level[i] = bits(1) == 1;
    }
    bit += subLayers > 0 ? 2 * (8 - subLayers) : 0;
    for (int i = 0; i < subLayers; i++) {
      bit += (profile[i] ? 88 : 0) + (level[i] ? 8 : 0);
    }
    long unusedId = exponential();
    if (exponential() == 3) {
      bit++;
    }
    return new Coded(exponential(), exponential(), false);
  }

  /** Reads a sequence header (AV1, 5.5). */
  private Coded sequence() {
    int profile = bits(3);
    bit = 4;
    boolean still = bits(1) == 1; // reduced_still_picture_header
    if (still) {
      bit += 5;
    } else {
      if (bits(1) == 1) { // timing_info_present_flag
        throw new ArrayIndexOutOfBoundsException("video timing in an image");
      }
      boolean delays = bits(1) == 1;
      for (int points = bits(5); points >= 0; points--) {
        bit += 12;
        if (bits(5) > 7) {
          bit++;
        }
        if (delays && bits(1) == 1) {
          bit += 4;
        }
      }
    }
    int widthBits = bits(4) + 1;
    int heightBits = bits(4) + 1;
    long width = bits(widthBits) + 1L;
    long height = bits(heightBits) + 1L;
    return new Coded(width, height, isLimitedGrey(profile, still));
  }

  /** Reads the rest of a sequence header up to the range of the samples. */
  private boolean isLimitedGrey(int profile, boolean still) {
    if (8 * data.length < bit + MOST_BITS_TO_RANGE) {
      // the header of a hostile file, or one whose rest holds nothing unusual
      data = Arrays.copyOf(data, data.length + MOST_BITS_TO_RANGE / 8);
    }
    if (!still && bits(1) == 1) { // frame_id_numbers_present_flag
      bit += 7;
    }
    bit += 3;
    if (!still) {
      bit += 4;
      boolean order = bits(1) == 1; // enable_order_hint
      bit += order ? 2 : 0;
      boolean chosen = bits(1) == 1; // seq_choose_screen_content_tools
      boolean screen = chosen || bits(1) == 1;
      if (screen && bits(1) == 0) { // seq_choose_integer_mv
        bit++;
      }
      bit += order ? 3 : 0;
    }
    bit += 3;
    boolean high = bits(1) == 1; // high_bitdepth
    if (high && profile == 2) {
      bit++;
    }
    boolean grey = profile != 1 && bits(1) == 1; // mono_chrome
    if (bits(1) == 1) { // color_description_present_flag
      bit += 24;
    }
    return grey && bits(1) == 0; // color_range
  }

  private int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++, bit++) {
      value = value << 1 | (data[bit / 8] >> (7 - bit % 8) & 1);
    }
    return value;
  }

  /** Reads an Exp-Golomb code (ITU-T H.265, 9.2). */
  private long exponential() {
    int zeros = 0;
    while (bits(1) == 0) {
      zeros++;
      if (zeros > 31) {
        throw new ArrayIndexOutOfBoundsException("a number of more than 32 bits");
      }
    }
    return (1L << zeros) - 1 + (zeros == 0 ? 0 : Integer.toUnsignedLong(bits(zeros)));
  }

  private static byte[] unescaped(byte[] in, int from, int to) {
    byte[] out = new byte[to - from];
    int length = 0;
    int zeros = 0;
    for (int i = from; i < to; i++) {
      if (zeros >= 2 && in[i] == 3) {
        zeros = 0;
        continue;
      }
      zeros = in[i] == 0 ? zeros + 1 : 0;
      out[length++] = in[i];
    }
    return Arrays.copyOf(out, length);
  }

  private static int number(byte[] in, int at) {
    return (in[at] & 0xFF) << 8 | (in[at + 1] & 0xFF);
  }
}
