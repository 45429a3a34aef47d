package io.thumbnailer.imaging.codec.png;

import io.thumbnailer.imaging.raster.ToneMapping;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * The contents of a PNG's chunks before its pixels (ISO/IEC 15948). As in browsers, a chunk that is
 * not needed never prevents an image from being shown: a chunk that is malformed, has a wrong
 * length or checksum, is out of place or appears for the second time counts as absent.
 */
final class PngChunks {
  /** At most this many chunks before the pixels are read. */
  private static final int MAX_CHUNKS = 100_000;

  /** Real profiles have up to a few megabytes (press profiles); a compressed one may be a bomb. */
  private static final int MAX_PROFILE_BYTES = 8 << 20;

  private int width;
  private int height;
  private int depth;
  private int colourType;
  private boolean interlaced;
  private byte[] palette = {};
  private byte[] transparency = {};
  private long pixels = -1;
  private Optional<byte[]> profile = Optional.empty();
  private Optional<byte[]> codedColours = Optional.empty();
  private Optional<int[]> chromaticities = Optional.empty();
  private Optional<Integer> gamma = Optional.empty();
  private boolean srgb;
  private long contentPeak;
  private long masteringPeak;

  private PngChunks() {}

  /**
   * Reads up to the first chunk of pixels.
   *
   * @throws IOException if IHDR is missing or incomplete, or describes no valid kind of PNG
   */
  static PngChunks read(ImageInputStream in) throws IOException {
    PngChunks header = new PngChunks();
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    in.seek(16); // after the signature and the header of IHDR
    header.width = in.readInt();
    header.height = in.readInt();
    header.depth = in.readUnsignedByte();
    header.colourType = in.readUnsignedByte();
    int compression = in.readUnsignedByte();
    int filter = in.readUnsignedByte();
    int interlace = in.readUnsignedByte();
    header.interlaced = interlace == 1;
    if (compression != 0 || filter != 0 || interlace > 1 || !header.isKnownKind()) {
      throw new IOException("unsupported kind of PNG");
    }
    in.skipBytes(4);
    header.readChunks(in);
    return header;
  }

  private boolean isKnownKind() {
    boolean few = depth == 1 || depth == 2 || depth == 4;
    return switch (colourType) {
      case 0 -> few || depth == 8 || depth == 16;
      case 3 -> few || depth == 8;
      case 2, 4, 6 -> depth == 8 || depth == 16;
      default -> false;
    };
  }

  private void readChunks(ImageInputStream in) throws IOException {
    long end = in.length() < 0 ? Long.MAX_VALUE : in.length();
    for (int i = 0; i < MAX_CHUNKS && in.getStreamPosition() + 8 <= end; i++) {
      long length = in.readUnsignedInt();
      int type = in.readInt();
      long start = in.getStreamPosition();
      if (type == code("IDAT")) {
        pixels = start - 8;
        return;
      }
      if (type == code("IEND")) {
        return;
      }
      long most = mostBytes(type);
      if (length <= most && start + length + 4 <= end) {
        byte[] data = new byte[(int) length];
        in.readFully(data);
        if (checksum(type, data) == in.readInt()) {
          take(type, data);
        }
      }
      in.seek(start + length + 4);
    }
  }

  /** The maximum size of a chunk that is used; -1 for chunks that are ignored. */
  private static long mostBytes(int type) {
    return switch (type) {
      case 0x504C5445, 0x74524E53 -> 768; // PLTE, tRNS
      case 0x69434350 -> MAX_PROFILE_BYTES; // iCCP
      case 0x6348524D, 0x67414D41, 0x73524742, 0x63494350 -> 64; // cHRM, gAMA, ...
      case 0x634C4C49, 0x6D444356 -> 64; // cLLI, mDCV
      default -> -1;
    };
  }

  private static int checksum(int type, byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(ByteBuffer.allocate(4).putInt(type).array());
    crc.update(data);
    return (int) crc.getValue();
  }

  private void take(int type, byte[] data) {
    ByteBuffer in = ByteBuffer.wrap(data);
    switch (type) {
      case 0x504C5445 -> { // PLTE
        if (palette.length == 0 && data.length % 3 == 0) {
          palette = data;
        }
      }
      case 0x74524E53 -> takeTransparency(data);
      case 0x69434350 -> { // iCCP
        if (profile.isEmpty() && palette.length == 0) {
          profile = inflated(data);
        }
      }
      case 0x73524742 ->
          srgb |= palette.length == 0 && data.length == 1 && data[0] >= 0 && data[0] <= 3; // sRGB
      case 0x63494350 -> { // cICP
        if (data.length == 4 && palette.length == 0) {
          codedColours = codedColours.or(() -> Optional.of(data));
        }
      }
      case 0x67414D41 -> { // gAMA
        if (data.length == 4 && in.getInt(0) > 0) { // also after the palette, as in browsers
          gamma = gamma.or(() -> Optional.of(in.getInt(0)));
        }
      }
      case 0x6348524D -> { // cHRM
        if (palette.length == 0 && data.length == 32 && chromaticities.isEmpty()) {
          int[] numbers = new int[8];
          in.asIntBuffer().get(numbers);
          chromaticities = Optional.of(numbers);
        }
      }
      case 0x634C4C49 -> { // cLLI
        if (data.length == 8 && contentPeak == 0) {
          contentPeak = Integer.toUnsignedLong(in.getInt(0));
        }
      }
      case 0x6D444356 -> { // mDCV
        if (data.length == 24 && masteringPeak == 0) {
          masteringPeak = Integer.toUnsignedLong(in.getInt(16));
        }
      }
      default -> {}
    }
  }

  /**
   * Reads tRNS, which is valid only if the colour type has no alpha, and after the palette if there
   * is one.
   */
  private void takeTransparency(byte[] data) {
    boolean fits =
        switch (colourType) {
          case 0 -> data.length == 2;
          case 2 -> data.length == 6;
          case 3 -> palette.length > 0 && data.length <= 256;
          default -> false;
        };
    if (fits && transparency.length == 0) {
      transparency = data;
    }
  }

  private static Optional<byte[]> inflated(byte[] chunk) {
    int name = 0;
    while (name < chunk.length && chunk[name] != 0) {
      name++;
    }
    if (name < 1 || name > 79 || name + 2 >= chunk.length || chunk[name + 1] != 0) {
      return Optional.empty();
    }
    try (InflaterInputStream zip =
        new InflaterInputStream(
            new ByteArrayInputStream(chunk, name + 2, chunk.length - name - 2))) {
      return Optional.of(zip.readNBytes(MAX_PROFILE_BYTES));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static int code(String type) {
    return type.charAt(0) << 24 | type.charAt(1) << 16 | type.charAt(2) << 8 | type.charAt(3);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The number of bits of a sample, or of a palette index. */
  int depth() {
    return depth;
  }

  boolean isPalette() {
    return colourType == 3;
  }

  boolean isColour() {
    return (colourType & 2) != 0;
  }

  boolean hasAlphaSamples() {
    return (colourType & 4) != 0;
  }

  /** The number of samples in a pixel. */
  int samples() {
    return isPalette() ? 1 : (isColour() ? 3 : 1) + (hasAlphaSamples() ? 1 : 0);
  }

  boolean interlaced() {
    return interlaced;
  }

  /** Red, green and blue of each palette entry; empty if there is no palette. */
  byte[] palette() {
    return palette;
  }

  /**
   * The alpha of the palette's first entries, or the samples of the transparent colour; may be
   * empty.
   */
  byte[] transparency() {
    return transparency;
  }

  /** The position of the first IDAT chunk, including its length; -1 if there is none. */
  long pixels() {
    return pixels;
  }

  /** An ICC profile, unchecked. */
  Optional<byte[]> profile() {
    return profile;
  }

  /** The four bytes of cICP: primaries, transfer, matrix, whether of full range. */
  Optional<byte[]> codedColours() {
    return codedColours;
  }

  /** How HDR is shown, by the light that the file states in units of 0.0001 cd/m2. */
  ToneMapping toneMapping() {
    return ToneMapping.of(contentPeak / 1e4, masteringPeak / 1e4);
  }

  /** x and y of white, red, green and blue, times 100,000. */
  Optional<int[]> chromaticities() {
    return chromaticities;
  }

  /** The encoding's exponent, times 100,000, above 0. */
  Optional<Integer> gamma() {
    return gamma;
  }

  /** Whether the file declares that its colours are sRGB. */
  boolean srgb() {
    return srgb;
  }
}
