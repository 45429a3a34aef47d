package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/** The segments of a JPEG before its first scan (ITU T.81, annex B). */
final class JpegHeader {
  private static final String ICC = "ICC_PROFILE\0";

  /**
   * Real files have at most some hundreds, into which large profiles and maker notes are divided.
   */
  private static final int MAX_SEGMENTS = 1000;

  private final boolean all;
  private final byte[][] profile = new byte[256][];
  private int profileBytes;

  /** The segments that the first one promises. */
  private int profileParts = -1;

  private boolean profileBroken;
  private int orientation = ExifOrientation.NONE;
  private boolean exifSeen;
  private Frame frame;
  private int adobeTransform = -1;

  /** Whether the file has several scans, in which case a decoder holds all coefficients. */
  private boolean manyScans;

  private JpegHeader(boolean all) {
    this.all = all;
  }

  /** The values of the frame header. */
  record Frame(int width, int height, int channels) {}

  static ImageDescription read(ImageInputStream in, boolean metadata) throws IOException {
    JpegHeader header = new JpegHeader(metadata);
    header.walk(in, 0);
    Frame frame = header.frame;
    return ImageDescription.of(
        // planes both in native memory and in the heap, and the coefficients of a progressive file
        CodedPixels.whole(
                ImageFormat.JPEG, frame.width, frame.height, frame.channels == 4 ? 20 : 14)
            .scalable(header.manyScans ? 6 : 0),
        header.orientation,
        new ImageMetadata(header.profile(), frame.channels, header.adobeTransform));
  }

  /** Reads the frame of a JPEG that begins at a position. */
  static Frame frame(ImageInputStream in, long start) throws IOException {
    JpegHeader header = new JpegHeader(false);
    header.walk(in, start);
    return header.frame;
  }

  private void walk(ImageInputStream in, long start) throws IOException {
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    in.seek(start);
    if (in.readUnsignedShort() != 0xFFD8) {
      throw new IOException("no JPEG");
    }
    for (int i = 0; i < MAX_SEGMENTS; i++) {
      int marker = nextMarker(in);
      if (marker == 0xDA) {
        if (frame == null) {
          throw new IOException("a scan without a frame");
        }
        in.skipBytes(2);
        manyScans |= in.read() != frame.channels;
        return;
      }
      if (marker == 0xD9) {
        throw new IOException("the file contains no image");
      }
      if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
        continue; // these markers have no length
      }
      long at = in.getStreamPosition();
      int length = in.readUnsignedShort();
      if (marker == 0xF7) {
        throw new UnsupportedFormatException("JPEG-LS");
      }
      if (isFrame(marker)) {
        byte[] promised = Bytes.read(in, 6);
        if (promised[0] == 12 && marker <= 0xC2) {
          throw new UnsupportedFormatException("JPEG with 12 bits per sample");
        }
        manyScans |= marker == 0xC2 || marker == 0xCA;
        frame(promised);
      } else if (marker == 0xE1 || marker == 0xE2 || marker == 0xEE) {
        application(marker, in, Math.max(0, length - 2));
      }
      in.seek(at + Math.max(length, 2));
    }
    throw new IOException("more than " + MAX_SEGMENTS + " segments before the image");
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /** Finds the next marker, no matter how many bytes of garbage or fill precede it. */
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

  /** Reads the frame header; as for the decoders, only the first one counts. */
  private void frame(byte[] start) throws IOException {
    if (frame != null) {
      return;
    }
    int height = (start[1] & 0xFF) << 8 | (start[2] & 0xFF);
    int width = (start[3] & 0xFF) << 8 | (start[4] & 0xFF);
    int channels = start[5] & 0xFF;
    if (height == 0) {
      throw new UnsupportedFormatException("JPEG whose height comes after its pixels");
    }
    if (channels < 1 || channels > 4) {
      throw new IOException("a JPEG of " + channels + " channels");
    }
    frame = new Frame(width, height, channels);
  }

  private void application(int marker, ImageInputStream in, int length) throws IOException {
    if (marker == 0xE1 && !exifSeen) {
      byte[] segment = Bytes.read(in, length);
      if (segment.length >= 6 && Bytes.starts(segment, "Exif\0")) { // followed by any byte
        exifSeen = true;
        orientation = ExifOrientation.of(Arrays.copyOfRange(segment, 6, segment.length));
      }
    } else if (marker == 0xEE) {
      byte[] segment = Bytes.read(in, Math.min(length, 12));
      if (Bytes.starts(segment, "Adobe") && segment.length > 11) {
        adobeTransform = segment[11];
      }
    } else if (marker == 0xE2 && all && profileBytes < ImageMetadata.MAX_PROFILE_BYTES) {
      byte[] segment = Bytes.read(in, length);
      if (Bytes.starts(segment, ICC) && segment.length > 14) {
        profilePart(segment);
      }
    }
  }

  /** Stores a part of the profile, of which there are up to 255, in any order (ICC.1, B.4). */
  private void profilePart(byte[] segment) {
    int part = segment[12] & 0xFF;
    int parts = segment[13] & 0xFF;
    if (profileParts < 0) {
      profileParts = parts;
    }
    profileBroken |= part < 1 || part > parts || parts != profileParts;
    if (profile[part] == null) {
      profile[part] = Arrays.copyOfRange(segment, 14, segment.length);
      profileBytes += segment.length;
    }
  }

  /** Joins the profile. As in browsers, a profile with inconsistent or missing parts is ignored. */
  private Optional<byte[]> profile() {
    if (profileParts < 1 || profileBroken || profileBytes > ImageMetadata.MAX_PROFILE_BYTES) {
      return Optional.empty();
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int i = 1; i <= profileParts; i++) {
      if (profile[i] == null) {
        return Optional.empty();
      }
      whole.writeBytes(profile[i]);
    }
    return Optional.of(whole.toByteArray());
  }
}
