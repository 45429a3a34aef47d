package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/** The header of a PBM, PGM, PPM or PAM file (Netpbm's format descriptions). */
final class PnmHeader {
  /** Including comments; headers usually take some dozens of bytes. */
  private static final int MAX_HEADER_BYTES = 1 << 16;

  private static final int MAX_CHANNELS = 4;

  private final ImageInputStream in;
  private long width;
  private long height;
  private long channels = 1;
  private long maximum = 1;

  private PnmHeader(ImageInputStream in) {
    this.in = in;
  }

  static ImageDescription read(ImageInputStream in) throws IOException {
    PnmHeader header = new PnmHeader(in);
    in.seek(1);
    int kind = in.readUnsignedByte() - '0';
    if (kind == 7) {
      header.readLines();
    } else {
      header.readNumbers(kind);
    }
    return header.describe();
  }

  private void readNumbers(int kind) throws IOException {
    width = number(word());
    height = number(word());
    maximum = kind == 1 || kind == 4 ? 1 : number(word());
    channels = kind == 3 || kind == 6 ? 3 : 1;
  }

  private void readLines() throws IOException {
    while (true) {
      String key = word();
      switch (key) {
        case "WIDTH" -> width = number(word());
        case "HEIGHT" -> height = number(word());
        case "DEPTH" -> channels = number(word());
        case "MAXVAL" -> maximum = number(word());
        case "TUPLTYPE" -> word();
        case "ENDHDR" -> {
          return;
        }
        default -> throw new IOException("an unknown line in the header");
      }
    }
  }

  private ImageDescription describe() throws IOException {
    if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new IOException("sides of %d and %d".formatted(width, height));
    }
    if (channels < 1 || channels > MAX_CHANNELS || maximum < 1 || maximum > 0xFFFF) {
      throw new IOException("%d channels up to %d".formatted(channels, maximum));
    }
    return ImageDescription.of(
        CodedPixels.whole(ImageFormat.PNM, (int) width, (int) height, maximum > 255 ? 20 : 14)
            .scalable(0),
        ExifOrientation.NONE,
        ImageMetadata.NONE);
  }

  /** Reads the next word that is not in a comment. */
  private String word() throws IOException {
    StringBuilder word = new StringBuilder();
    while (true) {
      if (in.getStreamPosition() > MAX_HEADER_BYTES) {
        throw new IOException("a header of more than " + MAX_HEADER_BYTES + " bytes");
      }
      int next = in.readUnsignedByte();
      if (next == '#') {
        while (next != '\n' && in.getStreamPosition() <= MAX_HEADER_BYTES) {
          next = in.readUnsignedByte();
        }
      }
      if (next > ' ') {
        word.append((char) next);
      } else if (!word.isEmpty()) {
        return word.toString();
      }
    }
  }

  private static long number(String word) throws IOException {
    if (word.length() > 10 || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IOException("no number");
    }
    return Long.parseLong(word);
  }
}
