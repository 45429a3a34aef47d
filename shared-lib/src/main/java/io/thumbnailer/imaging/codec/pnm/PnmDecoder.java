package io.thumbnailer.imaging.codec.pnm;

import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.Inks;
import io.thumbnailer.imaging.raster.PlanarRows;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/** Decodes the formats of Netpbm: PBM, PGM and PPM, plain and raw, and PAM. */
public final class PnmDecoder {
  private static final int MAX_HEADER_BYTES = 1 << 16;

  private final ImageInputStream in;
  private final int kind;
  private int width;
  private int height;
  private int depth = 1;
  private int maximum = 1;
  private boolean cmyk;
  private boolean corrupt;

  private PnmDecoder(ImageInputStream in) throws IOException {
    this.in = in;
    in.seek(1);
    this.kind = in.readUnsignedByte() - '0';
    if (kind == 7) {
      readLines();
    } else {
      width = number();
      height = number();
      maximum = kind == 1 || kind == 4 ? 1 : number();
      depth = kind == 3 || kind == 6 ? 3 : 1;
    }
    if (depth < 1 || depth > 4 || maximum < 1 || maximum > 0xFFFF) {
      throw new IOException("%d channels up to %d".formatted(depth, maximum));
    }
  }

  /**
   * Decodes as many rows as there are. Throws {@link IOException} when the header is broken.
   *
   * @param denominator 1 to 16: the image comes at one over it of its size
   */
  public static Decoded decode(ImageInputStream in, ImageHeader admitted, int denominator)
      throws IOException {
    PnmDecoder decoder = new PnmDecoder(in);
    if (decoder.width != admitted.width() || decoder.height != admitted.height()) {
      throw new IOException("the size differs from the header");
    }
    return decoder.run(denominator);
  }

  private void readLines() throws IOException {
    while (true) {
      String key = word();
      switch (key) {
        case "WIDTH" -> width = number();
        case "HEIGHT" -> height = number();
        case "DEPTH" -> depth = number();
        case "MAXVAL" -> maximum = number();
        case "ENDHDR" -> {
          return;
        }
        case "TUPLTYPE" -> cmyk = word().equals("CMYK");
        default -> {} // the depth says the rest
      }
    }
  }

  private Decoded run(int denominator) throws IOException {
    Inks inks = cmyk && depth == 4 ? new Inks(Optional.empty()) : null;
    PlanarRows rows =
        new PlanarRows(width, height, inks == null ? depth : 3, Optional.empty(), denominator);
    byte[] out = new byte[width * depth];
    byte[] raw = new byte[rowBytes()];
    try {
      for (int y = 0; y < height; y++) {
        if (kind <= 3) {
          readPlain(out);
        } else {
          in.readFully(raw);
          unpack(raw, out);
        }
        if (inks != null) {
          print(inks, out);
        }
        rows.set(y, out, 0);
      }
      return corrupt || (kind <= 3 && more()) ? rows.finishDamaged(false) : rows.finish();
    } catch (EOFException e) {
      return rows.finishDamaged(true);
    }
  }

  /** Converts the inks of a row to colours, in place. */
  private void print(Inks inks, byte[] row) {
    for (int x = 0; x < width; x++) {
      int at = 4 * x;
      inks.toRgb(row[at], row[at + 1], row[at + 2], row[at + 3], row, 3 * x);
    }
  }

  private int rowBytes() {
    if (kind == 4) {
      return (width + 7) / 8;
    }
    return Math.toIntExact((long) width * depth * (maximum > 255 ? 2 : 1));
  }

  private void readPlain(byte[] out) throws IOException {
    for (int i = 0; i < out.length; i++) {
      out[i] = kind == 1 ? (byte) (bit() == 0 ? 255 : 0) : scaled(number());
    }
  }

  private void unpack(byte[] raw, byte[] out) {
    for (int i = 0; i < out.length; i++) {
      if (kind == 4) {
        out[i] = (byte) ((raw[i / 8] >> (7 - i % 8) & 1) == 0 ? 255 : 0);
      } else if (maximum > 255) {
        out[i] = scaled((raw[2 * i] & 0xFF) << 8 | (raw[2 * i + 1] & 0xFF));
      } else {
        out[i] = scaled(raw[i] & 0xFF);
      }
    }
  }

  private byte scaled(int value) {
    corrupt |= value > maximum;
    return (byte) ((Math.min(value, maximum) * 255 + maximum / 2) / maximum);
  }

  /** Reads a digit of a plain PBM; the digits need no space between them. */
  private int bit() throws IOException {
    while (true) {
      int next = in.readUnsignedByte();
      if (next == '#') {
        skipComment();
      } else if (next > ' ') {
        corrupt |= next != '0' && next != '1';
        return next - '0';
      }
    }
  }

  /** Whether digits follow the last pixel, which means that there is an extra one in between. */
  private boolean more() throws IOException {
    int next;
    do {
      next = in.read();
    } while (next >= 0 && next <= ' ');
    return next >= '0' && next <= '9';
  }

  private void skipComment() throws IOException {
    int next = '#';
    while (next != '\n' && next != '\r') {
      next = in.readUnsignedByte();
    }
  }

  /** Reads the next word that is not in a comment, and one byte of white space after it. */
  private String word() throws IOException {
    StringBuilder word = new StringBuilder();
    while (true) {
      int next = in.read();
      if (next < 0) {
        if (word.isEmpty()) {
          throw new EOFException("the file ends too early");
        }
        return word.toString();
      }
      if (next == '#') {
        skipComment();
      } else if (next > ' ') {
        word.append((char) next);
        if (word.length() > MAX_HEADER_BYTES) {
          throw new IOException("a word of more than " + MAX_HEADER_BYTES + " letters");
        }
      } else if (!word.isEmpty()) {
        return word.toString();
      }
    }
  }

  private int number() throws IOException {
    String word = word();
    if (word.length() > 9 || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IOException("no number");
    }
    return Integer.parseInt(word);
  }
}
