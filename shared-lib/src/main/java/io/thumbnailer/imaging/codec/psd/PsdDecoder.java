package io.thumbnailer.imaging.codec.psd;

import io.thumbnailer.imaging.header.PsdResources;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.Inks;
import io.thumbnailer.imaging.raster.LabConversion;
import io.thumbnailer.imaging.raster.PlanarRows;
import io.thumbnailer.imaging.raster.SrgbConversion;
import java.awt.color.ICC_Profile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes the flattened image of Photoshop files, PSD and PSB, in all modes and depths (Adobe
 * Photoshop File Formats Specification).
 */
public final class PsdDecoder {
  private static final int BITMAP = 0;
  private static final int INDEXED = 2;
  private static final int RGB = 3;
  private static final int CMYK = 4;
  private static final int MULTICHANNEL = 7;
  private static final int LAB = 9;
  private static final int PROFILE = 1039;
  private static final int MAX_PROFILE_BYTES = 4 << 20;

  private final ImageInputStream in;
  private final boolean large;
  private final int channels;
  private final int width;
  private final int height;
  private final int depth;
  private final int mode;
  private byte[] palette = {};
  private Optional<byte[]> profile = Optional.empty();
  private boolean transparent;
  private final int colours;

  private PsdDecoder(ImageInputStream in) throws IOException {
    this.in = in;
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    in.seek(4);
    this.large = in.readUnsignedShort() == 2;
    in.seek(12);
    this.channels = in.readUnsignedShort();
    this.height = in.readInt();
    this.width = in.readInt();
    this.depth = in.readUnsignedShort();
    this.mode = in.readUnsignedShort();
    this.colours =
        switch (mode) {
          case RGB, LAB -> 3;
          case CMYK -> 4;
          case MULTICHANNEL -> channels < 3 ? 1 : 3;
          case BITMAP, 1, INDEXED, 8 -> 1;
          default -> throw new IOException("colour mode " + mode);
        };
    if (channels < colours || (depth != 1 && depth != 8 && depth != 16 && depth != 32)) {
      throw new IOException("%d channels of %d bits".formatted(channels, depth));
    }
  }

  /**
   * Decodes as many rows as there are. Throws {@link IOException} for kinds that do not exist.
   *
   * @param denominator 1 to 16: the image comes at one over it of its size
   */
  public static Decoded decode(ImageInputStream in, ImageHeader admitted, int denominator)
      throws IOException {
    PsdDecoder decoder = new PsdDecoder(in);
    if (decoder.width != admitted.width() || decoder.height != admitted.height()) {
      throw new IOException("the size differs from the header");
    }
    decoder.readSections();
    return decoder.run(denominator);
  }

  private void readSections() throws IOException {
    long colourData = in.readUnsignedInt();
    long start = in.getStreamPosition();
    if (mode == INDEXED && colourData >= 768) {
      palette = new byte[768];
      in.readFully(palette);
    }
    in.seek(start + colourData);
    PsdResources.read(in, this::readResource);
    long layers = large ? in.readLong() : in.readUnsignedInt();
    start = in.getStreamPosition();
    if (layers >= (large ? 10 : 6)) {
      long info = large ? in.readLong() : in.readUnsignedInt();
      // A negative number of layers means that the first extra channel is the image's transparency.
      transparent = info >= 2 && in.readShort() < 0 && channels > colours;
    }
    in.seek(start + layers);
  }

  private void readResource(int id, long size, long left) throws IOException {
    if (id == PROFILE && size <= MAX_PROFILE_BYTES && size <= left) {
      byte[] bytes = new byte[(int) size];
      in.readFully(bytes);
      profile = Optional.of(bytes);
    }
  }

  private Decoded run(int denominator) throws IOException {
    int used = colours + (transparent ? 1 : 0);
    boolean grey = mode != INDEXED && colours == 1;
    Optional<ICC_Profile> icc =
        mode == LAB
            ? Optional.empty()
            : profile.flatMap(p -> SrgbConversion.usable(p, mode == INDEXED ? 3 : colours));
    int rowChannels = (grey ? 1 : 3) + (transparent ? 1 : 0);
    PlanarRows rows =
        new PlanarRows(
            width, height, rowChannels, mode == CMYK ? Optional.empty() : icc, denominator);
    Inks inks = mode == CMYK ? new Inks(icc) : null;
    byte[] out = new byte[width * rowChannels];
    byte[][] channel = new byte[used][width];
    boolean whole = true;
    try {
      PsdRows source =
          PsdRows.find(in, large, channels, used, height, ((long) width * depth + 7) / 8);
      byte[] row = new byte[source.rowBytes()];
      for (int y = 0; y < height && whole; y++) {
        for (int c = 0; c < used && whole; c++) {
          whole = source.read(c, y, row);
          take(row, channel[c]);
        }
        if (whole) {
          for (int x = 0; x < width; x++) {
            colour(channel, x, inks, out, x * rowChannels);
            if (transparent) {
              transparent(out, x * rowChannels, rowChannels - 1, channel[colours][x] & 0xFF);
            }
          }
          rows.set(y, out, 0);
        }
      }
    } catch (EOFException e) {
      whole = false;
    }
    return whole ? rows.finish() : rows.finishDamaged(true);
  }

  /** Removes the white that Photoshop blends into transparent pixels. */
  private static void transparent(byte[] out, int to, int count, int alpha) {
    for (int c = 0; c < count && alpha > 0; c++) {
      int onWhite = out[to + c] & 0xFF;
      out[to + c] = (byte) Math.max(0, ((onWhite - 255 + alpha) * 255 + alpha / 2) / alpha);
    }
    out[to + count] = (byte) alpha;
  }

  private void colour(byte[][] planes, int at, Inks inks, byte[] out, int to) {
    switch (mode) {
      case RGB, MULTICHANNEL -> {
        for (int c = 0; c < colours; c++) {
          out[to + c] = planes[c][at];
        }
      }
      case CMYK ->
          inks.toRgb(
              (byte) ~planes[0][at],
              (byte) ~planes[1][at],
              (byte) ~planes[2][at],
              (byte) ~planes[3][at],
              out,
              to);
      case LAB ->
          LabConversion.toSrgb(
              (planes[0][at] & 0xFF) * 100 / 255.0,
              (planes[1][at] & 0xFF) - 128,
              (planes[2][at] & 0xFF) - 128,
              out,
              to);
      case INDEXED -> {
        int index = planes[0][at] & 0xFF;
        for (int c = 0; c < 3; c++) {
          out[to + c] = palette.length == 0 ? 0 : palette[256 * c + index];
        }
      }
      default -> out[to] = planes[0][at];
    }
  }

  /** Stores the samples of a row with 8 bits each. */
  private void take(byte[] row, byte[] plane) {
    for (int x = 0; x < width; x++) {
      plane[x] =
          switch (depth) {
            case 1 -> (byte) ((row[x / 8] >> (7 - x % 8) & 1) == 0 ? 255 : 0);
            case 8 -> row[x];
            case 16 ->
                (byte)
                    ((((row[2 * x] & 0xFF) << 8 | (row[2 * x + 1] & 0xFF)) * 255 + 32767) / 65535);
            default -> number(row, 4 * x);
          };
    }
  }

  private static byte number(byte[] row, int at) {
    int bits =
        (row[at] & 0xFF) << 24
            | (row[at + 1] & 0xFF) << 16
            | (row[at + 2] & 0xFF) << 8
            | (row[at + 3] & 0xFF);
    float value = Float.intBitsToFloat(bits);
    return (byte) Math.max(0, Math.min(255, Math.round(value * 255)));
  }
}
