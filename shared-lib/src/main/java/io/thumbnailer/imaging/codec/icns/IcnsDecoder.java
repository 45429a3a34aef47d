package io.thumbnailer.imaging.codec.icns;

import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.PlanarRows;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes the 24-bit images of a macOS icon, whose alpha channel is part of the image or in an
 * element of its own. The channels are run-length encoded one after the other.
 */
public final class IcnsDecoder {
  private static final Map<Integer, String> COLOURS =
      Map.of(16, "is32", 32, "il32", 48, "ih32", 128, "it32");
  private static final Map<Integer, String> MASKS =
      Map.of(16, "s8mk", 32, "l8mk", 48, "h8mk", 128, "t8mk");
  private static final Map<Integer, String> WITH_ALPHA = Map.of(16, "ic04", 32, "ic05");

  private static final int MAX_ELEMENTS = 200;

  /** More bytes than this after the last run are not padding. */
  private static final int SPARE_BYTES = 4;

  private final byte[] coded;
  private final int pixels;
  private int at;
  private boolean corrupt;

  private IcnsDecoder(byte[] coded, int at, int pixels) {
    this.coded = coded;
    this.at = at;
    this.pixels = pixels;
  }

  /**
   * Decodes the rows that exist.
   *
   * @return empty if there is no such image of the admitted size
   */
  public static Optional<Decoded> decode(ImageInputStream in, ImageHeader admitted)
      throws IOException {
    int side = admitted.width();
    Map<String, byte[]> elements = elements(in);
    byte[] alpha = elements.get(WITH_ALPHA.getOrDefault(side, ""));
    byte[] colours = elements.get(COLOURS.getOrDefault(side, ""));
    if (alpha != null && starts(alpha, "ARGB")) {
      return Optional.of(image(new IcnsDecoder(alpha, 4, side * side), side, 4, null));
    }
    if (colours == null) {
      return Optional.empty();
    }
    byte[] mask = elements.get(MASKS.get(side));
    boolean masked = mask != null && mask.length >= side * side;
    int start = side == 128 ? 4 : 0;
    IcnsDecoder decoder = new IcnsDecoder(colours, start, side * side);
    return Optional.of(image(decoder, side, 3, masked ? mask : null));
  }

  private static Map<String, byte[]> elements(ImageInputStream in) throws IOException {
    Map<String, byte[]> elements = new HashMap<>();
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    long at = 8;
    for (int i = 0; i < MAX_ELEMENTS && at + 8 < in.length(); i++) {
      in.seek(at);
      byte[] type = new byte[4];
      in.readFully(type);
      long length = Math.max(8, in.readUnsignedInt());
      byte[] data = new byte[(int) Math.min(length - 8, in.length() - at - 8)];
      in.readFully(data);
      elements.putIfAbsent(new String(type, StandardCharsets.ISO_8859_1), data);
      at += length;
    }
    return elements;
  }

  private static boolean starts(byte[] data, String text) {
    return data.length >= text.length()
        && new String(data, 0, text.length(), StandardCharsets.ISO_8859_1).equals(text);
  }

  private static Decoded image(IcnsDecoder in, int side, int channels, byte[] mask) {
    byte[][] planes = new byte[4][side * side];
    Arrays.fill(planes[0], (byte) 0xFF);
    int first = 4 - channels;
    int complete = in.pixels;
    if (channels == 3 && in.coded.length == 4 * in.pixels) {
      in.readPlain(planes);
    } else {
      for (int c = first; c < 4; c++) {
        complete = Math.min(complete, in.read(planes[c]));
      }
      in.corrupt |= in.coded.length - in.at > SPARE_BYTES;
    }
    if (mask != null) {
      System.arraycopy(mask, 0, planes[0], 0, in.pixels);
    }
    boolean endsEarly = in.at >= in.coded.length && !in.corrupt;
    PlanarRows rows = new PlanarRows(side, side, 4, Optional.empty());
    byte[] row = new byte[4 * side];
    for (int y = 0; y < complete / side; y++) {
      for (int x = 0; x < side; x++) {
        for (int c = 0; c < 4; c++) {
          row[4 * x + (c + 3) % 4] = planes[c][y * side + x];
        }
      }
      rows.set(y, row, 0);
    }
    Decoded decoded =
        complete < in.pixels || in.corrupt ? rows.finishDamaged(endsEarly) : rows.finish();
    return decoded.opaqueIfSolid();
  }

  /** Some programs store such images uncompressed: four bytes per pixel, the first unused. */
  private void readPlain(byte[][] planes) {
    for (int i = 0; i < pixels; i++) {
      for (int c = 1; c < 4; c++) {
        planes[c][i] = coded[4 * i + c];
      }
    }
  }

  /** Decodes a channel and returns the number of decoded pixels. */
  private int read(byte[] plane) {
    int to = 0;
    while (to < pixels && at < coded.length) {
      int code = coded[at++] & 0xFF;
      int count = code < 128 ? code + 1 : code - 125;
      corrupt |= count > pixels - to;
      count = Math.min(count, pixels - to);
      if (code < 128) {
        count = Math.min(count, coded.length - at);
        System.arraycopy(coded, at, plane, to, count);
        at += count;
      } else if (at < coded.length) {
        Arrays.fill(plane, to, to + count, coded[at++]);
      } else {
        return to;
      }
      to += count;
    }
    return to;
  }
}
