package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * What a file says about how its pixels are to be shown, read by hand because ImageIO's readers do
 * not tell it or tell it each in a way of its own. What is broken counts as absent.
 *
 * @param width of a JPEG whose header is whole; 0 where that is not known, as for other formats
 * @param height likewise
 * @param orientation EXIF orientation, 1 to 8
 * @param profile the embedded ICC profile, unchecked; empty where the reader applies it itself
 * @param channels of a JPEG; 0 where that is not known
 * @param adobeTransform how a JPEG's channels are coded, by Adobe's marker; -1 if there is none
 */
public record ImageMetadata(
    int width,
    int height,
    int orientation,
    Optional<byte[]> profile,
    int channels,
    int adobeTransform) {
  private static final ImageMetadata NOTHING = new ImageMetadata(0, 0, 1, Optional.empty(), 0, -1);

  /** More metadata than this before the pixels is not looked at. */
  private static final int MAX_SEGMENTS = 1000;

  /** Real profiles have up to a few megabytes (press profiles); a compressed one may be a bomb. */
  private static final int MAX_PROFILE_BYTES = 8 << 20;

  private static final int MAX_EXIF_BYTES = 1 << 20;

  public static ImageMetadata read(ImageFormat format, ImageInputStream in) {
    Collector found = new Collector();
    try {
      in.seek(0);
      in.setByteOrder(ByteOrder.BIG_ENDIAN);
      switch (format) {
        case JPEG -> readJpeg(in, found);
        case PNG -> readPng(in, found);
        case WEBP -> readWebp(in, found);
        case TIFF -> readTiff(in, found);
        default -> {
          return NOTHING;
        }
      }
    } catch (IOException | RuntimeException e) {
      // What was found before the break counts.
    }
    return new ImageMetadata(
        found.headerEnded ? found.width : 0,
        found.headerEnded ? found.height : 0,
        found.orientation,
        found.profile(),
        found.channels,
        found.adobeTransform);
  }

  private static void readJpeg(ImageInputStream in, Collector found) throws IOException {
    in.seek(2);
    for (int i = 0; i < MAX_SEGMENTS; i++) {
      int marker = nextMarker(in);
      if (marker == 0xDA || marker == 0xD9) {
        found.headerEnded = marker == 0xDA;
        return;
      }
      if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
        continue; // these have no length
      }
      long start = in.getStreamPosition();
      int length = in.readUnsignedShort();
      if (marker >= 0xC0 && marker <= 0xC2) {
        found.jpegFrame(bytes(in, 6));
      } else if (marker == 0xE1 || marker == 0xE2 || marker == 0xEE) {
        found.jpegSegment(bytes(in, Math.max(0, length - 2)));
      }
      in.seek(start + Math.max(length, 2));
    }
  }

  /** The next marker, however many bytes of garbage or fill come before it. */
  private static int nextMarker(ImageInputStream in) throws IOException {
    int marker;
    do {
      while (in.readUnsignedByte() != 0xFF) {
        // garbage between the segments
      }
      do {
        marker = in.readUnsignedByte();
      } while (marker == 0xFF);
    } while (marker == 0);
    return marker;
  }

  private static void readPng(ImageInputStream in, Collector found) throws IOException {
    in.seek(8);
    for (int i = 0; i < MAX_SEGMENTS; i++) {
      long length = in.readUnsignedInt();
      int type = in.readInt();
      long start = in.getStreamPosition();
      if (type == code("eXIf")) {
        found.orientation = ExifOrientation.of(bytes(in, Math.min(length, MAX_EXIF_BYTES)));
      } else if (type == code("iCCP")) {
        byte[] chunk = bytes(in, Math.min(length, MAX_PROFILE_BYTES));
        found.profile.writeBytes(inflated(chunk));
      } else if (type == code("IEND")) {
        return;
      }
      in.seek(start + length + 4);
    }
  }

  private static byte[] inflated(byte[] chunk) throws IOException {
    int name = 0;
    while (chunk[name] != 0) {
      name++;
    }
    try (InflaterInputStream zip =
        new InflaterInputStream(
            new java.io.ByteArrayInputStream(chunk, name + 2, chunk.length - name - 2))) {
      return zip.readNBytes(MAX_PROFILE_BYTES);
    }
  }

  private static void readWebp(ImageInputStream in, Collector found) throws IOException {
    in.seek(12);
    for (int i = 0; i < MAX_SEGMENTS; i++) {
      int type = in.readInt();
      long length = Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
      long start = in.getStreamPosition();
      if (type == code("EXIF")) {
        byte[] exif = bytes(in, Math.min(length, MAX_EXIF_BYTES));
        found.orientation = ExifOrientation.of(isExif(exif) ? afterExif(exif) : exif);
      } else if (type == code("ICCP")) {
        found.profile.writeBytes(bytes(in, Math.min(length, MAX_PROFILE_BYTES)));
      }
      in.seek(start + length + (length & 1));
    }
  }

  /** Only the orientation of the first page: the reader applies the profile. */
  private static void readTiff(ImageInputStream in, Collector found) throws IOException {
    in.setByteOrder(
        in.readUnsignedShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    in.seek(4);
    in.seek(in.readUnsignedInt());
    int entries = in.readUnsignedShort();
    for (int i = 0; i < entries; i++) {
      int tag = in.readUnsignedShort();
      in.skipBytes(6);
      int value = in.readUnsignedShort();
      in.skipBytes(2);
      if (tag == 0x0112 && value >= 1 && value <= 8) {
        found.orientation = value;
      }
    }
  }

  private static boolean isExif(byte[] segment) {
    return starts(segment, "Exif\0\0");
  }

  private static byte[] afterExif(byte[] segment) {
    return Arrays.copyOfRange(segment, 6, segment.length);
  }

  private static boolean starts(byte[] bytes, String text) {
    byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
    return bytes.length >= expected.length
        && Arrays.equals(bytes, 0, expected.length, expected, 0, expected.length);
  }

  private static byte[] bytes(ImageInputStream in, long length) throws IOException {
    long there = in.length() - in.getStreamPosition();
    if (there < length) {
      throw new EOFException();
    }
    byte[] bytes = new byte[(int) length];
    in.readFully(bytes);
    return bytes;
  }

  private static int code(String type) {
    return type.charAt(0) << 24 | type.charAt(1) << 16 | type.charAt(2) << 8 | type.charAt(3);
  }

  /** Gathers what the segments hold; a profile may come in up to 255 of them (ICC.1, B.4). */
  private static final class Collector {
    private static final String ICC = "ICC_PROFILE\0";
    private final ByteArrayOutputStream profile = new ByteArrayOutputStream();
    private final byte[][] parts = new byte[256][];
    private int orientation = ExifOrientation.NONE;
    private boolean exifSeen;
    private int width;
    private int height;
    private boolean headerEnded;
    private int channels;
    private int adobeTransform = -1;

    /** The first one counts for its size, as it does for the readers. */
    void jpegFrame(byte[] start) {
      if (width == 0 && height == 0) {
        height = (start[1] & 0xFF) << 8 | (start[2] & 0xFF);
        width = (start[3] & 0xFF) << 8 | (start[4] & 0xFF);
      }
      channels = start[5];
    }

    void jpegSegment(byte[] segment) {
      if (isExif(segment) && !exifSeen) {
        exifSeen = true;
        orientation = ExifOrientation.of(afterExif(segment));
      } else if (starts(segment, ICC) && segment.length > 14) {
        parts[segment[12] & 0xFF] = Arrays.copyOfRange(segment, 14, segment.length);
      } else if (starts(segment, "Adobe") && segment.length > 11) {
        adobeTransform = segment[11];
      }
    }

    Optional<byte[]> profile() {
      for (byte[] part : parts) {
        if (part != null) {
          profile.writeBytes(part);
        }
      }
      return profile.size() == 0 ? Optional.empty() : Optional.of(profile.toByteArray());
    }
  }
}
