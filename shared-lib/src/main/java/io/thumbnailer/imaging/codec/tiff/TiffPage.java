package io.thumbnailer.imaging.codec.tiff;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.stream.ImageInputStream;

/** The entries of the first directory of a TIFF 6.0 or BigTIFF file. */
final class TiffPage {
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int FILL_ORDER = 266;
  static final int STRIP_OFFSETS = 273;
  static final int SAMPLES = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int STRIP_BYTES = 279;
  static final int PLANAR = 284;
  static final int PREDICTOR = 317;
  static final int COLOUR_MAP = 320;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTES = 325;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;
  static final int FAX_OPTIONS = 292;
  static final int JPEG_TABLES = 347;
  static final int JPEG_STREAM = 513;
  static final int YCC_COEFFICIENTS = 529;
  static final int YCC_SUBSAMPLING = 530;
  static final int YCC_REFERENCES = 532;
  static final int PROFILE = 34675;

  private static final int MAX_ENTRIES = 4096;

  /** No real file has more values than this. */
  private static final long MAX_VALUES = 8 << 20;

  private static final int[] BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

  private final ImageInputStream in;
  private final Map<Integer, Entry> entries = new HashMap<>();

  private final long start;

  private record Entry(int type, long count, long position) {}

  TiffPage(ImageInputStream in) throws IOException {
    this.in = in;
    in.seek(0);
    in.setByteOrder(in.readUnsignedByte() == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    in.seek(2);
    boolean big = in.readUnsignedShort() == 43;
    in.seek(big ? 8 : 4);
    this.start = big ? in.readLong() : in.readUnsignedInt();
    in.seek(start);
    long count = big ? in.readLong() : in.readUnsignedShort();
    long first = in.getStreamPosition();
    int size = big ? 20 : 12;
    int inline = big ? 8 : 4;
    for (int i = 0; i < Math.min(count, MAX_ENTRIES); i++) {
      in.seek(first + (long) size * i);
      int tag = in.readUnsignedShort();
      int type = in.readUnsignedShort();
      long values = big ? in.readLong() : in.readUnsignedInt();
      long position = in.getStreamPosition();
      int bytes = type < BYTES.length ? BYTES[type] : 0;
      if (bytes == 0 || values < 0 || values > MAX_VALUES) {
        continue;
      }
      if (values * bytes > inline) {
        position = big ? in.readLong() : in.readUnsignedInt();
      }
      entries.putIfAbsent(tag, new Entry(type, values, position));
    }
  }

  /** The offset of the directory in the file. */
  long start() {
    return start;
  }

  boolean littleEndian() {
    return in.getByteOrder() == ByteOrder.LITTLE_ENDIAN;
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /** The first value of a tag. */
  long number(int tag, long otherwise) throws IOException {
    Entry entry = entries.get(tag);
    if (entry == null || entry.count == 0) {
      return otherwise;
    }
    in.seek(entry.position);
    return value(entry.type);
  }

  /** All values of a tag; empty if the entry is missing. */
  long[] numbers(int tag) throws IOException {
    Entry entry = entries.get(tag);
    if (entry == null) {
      return new long[0];
    }
    if (in.length() >= 0 && entry.position + entry.count * BYTES[entry.type] > in.length()) {
      throw new IOException("values beyond the end of the file");
    }
    long[] values = new long[(int) entry.count];
    in.seek(entry.position);
    for (int i = 0; i < values.length; i++) {
      values[i] = value(entry.type);
    }
    return values;
  }

  byte[] bytes(int tag) throws IOException {
    Entry entry = entries.get(tag);
    if (entry == null || (in.length() >= 0 && entry.position + entry.count > in.length())) {
      return new byte[0];
    }
    byte[] bytes = new byte[(int) entry.count];
    in.seek(entry.position);
    in.readFully(bytes);
    return bytes;
  }

  /**
   * The fractions of a tag, which some writers store as whole numbers; or the given ones if there
   * are fewer or one is divided by 0.
   */
  double[] fractions(int tag, double... otherwise) throws IOException {
    Entry entry = entries.get(tag);
    boolean whole = entry != null && (entry.type == 3 || entry.type == 4);
    if (whole && entry.count >= otherwise.length) {
      return Arrays.stream(numbers(tag)).limit(otherwise.length).asDoubleStream().toArray();
    }
    boolean usable = entry != null && entry.type == 5 && entry.count >= otherwise.length;
    if (!usable || (in.length() >= 0 && entry.position + 8 * entry.count > in.length())) {
      return otherwise;
    }
    double[] fractions = new double[otherwise.length];
    in.seek(entry.position);
    for (int i = 0; i < fractions.length; i++) {
      double numerator = in.readUnsignedInt();
      long denominator = in.readUnsignedInt();
      if (denominator == 0) {
        return otherwise;
      }
      fractions[i] = numerator / denominator;
    }
    return fractions;
  }

  private long value(int type) throws IOException {
    return switch (BYTES[type]) {
      case 1 -> in.readUnsignedByte();
      case 2 -> in.readUnsignedShort();
      case 4 -> in.readUnsignedInt();
      default -> in.readLong();
    };
  }
}
