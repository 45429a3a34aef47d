package io.thumbnailer.imaging.codec.jpeg;

import io.thumbnailer.imaging.header.JpegMarkers;
import io.thumbnailer.imaging.header.JpegScans;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOException;

/**
 * A JPEG reduced to what is needed to decode its image: the tables, the first frame, and the scans
 * up to the last one that the image needs. Decoders differ in how they treat application segments,
 * markers after the image and a missing end; the reduced file is the same for all of them. It
 * always declares to be a JFIF file, so that no decoder guesses the meaning of the components.
 */
final class BareJpeg {
  private static final byte[] START = start();

  private static final byte[] END = {-1, (byte) JpegMarkers.EOI};

  private final byte[] file;

  /** The start and end of each range of the file that is kept. */
  private final List<int[]> kept = new ArrayList<>();

  private boolean jfif;

  /** The colour transform in Adobe's marker; -1 if there is none. */
  private int adobeTransform = -1;

  /** For each component and coefficient, the lowest bit that was coded; -1 if none was. */
  private int[][] lowestBits = {};

  private int[] ids = {};
  private int frame;
  private int scans;
  private boolean cutOff;
  private boolean stopped;
  private boolean endSeen;

  private BareJpeg(byte[] file) {
    this.file = file;
  }

  /**
   * Reduces a file.
   *
   * @throws IOException if there are too many scans, or no scan at all
   */
  static BareJpeg of(byte[] file) throws IOException {
    BareJpeg jpeg = new BareJpeg(file);
    jpeg.copy();
    if (jpeg.scans == 0) {
      throw new IIOException("there is no scan");
    }
    return jpeg;
  }

  private static byte[] start() {
    byte[] start = new byte[20];
    start[0] = -1;
    start[1] = (byte) 0xD8;
    start[2] = -1;
    start[3] = (byte) 0xE0;
    start[5] = 16;
    System.arraycopy("JFIF".getBytes(StandardCharsets.US_ASCII), 0, start, 6, 4);
    start[11] = 1;
    start[12] = 1;
    start[15] = 1;
    start[17] = 1;
    return start;
  }

  private void copy() throws IOException {
    JpegMarkers markers = new JpegMarkers(file, 2);
    while (markers.next()) {
      int begin = markers.data() - 4;
      if (markers.marker() == JpegMarkers.EOI) {
        endSeen = true;
        return;
      }
      if (markers.end() > file.length) {
        break;
      }
      if (markers.marker() == JpegMarkers.SOS) {
        if (++scans > JpegScans.LIMIT) {
          throw new IIOException("more than " + JpegScans.LIMIT + " scans");
        }
        seeScan(markers.data(), markers.end());
        int end = markers.skipScan();
        cutOff = end == file.length;
        while (cutOff && end > begin && file[end - 1] == -1) {
          end--; // half of a marker
        }
        kept.add(new int[] {begin, end});
        endSeen = endsAt(end);
        if (cutOff || (isSequential() && hasAll(Integer.MAX_VALUE))) {
          return;
        }
      } else if (isTable(markers.marker())) {
        kept.add(new int[] {begin, markers.end()});
      } else if (markers.isFrame()) {
        if (ids.length == 0) {
          seeFrame(markers);
          kept.add(new int[] {begin, markers.end()});
        }
      } else if (markers.marker() >= 0xE0) {
        seeApplication(markers);
      } else if (scans > 0 && markers.marker() < 0xE0) {
        stopped = true; // reserved, or part of a different file that follows
        return;
      }
    }
    cutOff = true;
  }

  private static boolean isTable(int marker) {
    return marker == JpegMarkers.DHT
        || marker == JpegMarkers.DQT
        || marker == JpegMarkers.DRI
        || marker == JpegMarkers.DAC;
  }

  private void seeFrame(JpegMarkers markers) {
    frame = markers.marker();
    int data = markers.data();
    int count = markers.end() - data < 6 ? 0 : file[data + 5] & 0xFF;
    count = Math.max(0, Math.min(count, (markers.end() - data - 6) / 3));
    ids = new int[count];
    lowestBits = new int[count][64];
    for (int i = 0; i < count; i++) {
      ids[i] = file[data + 6 + 3 * i];
      Arrays.fill(lowestBits[i], -1);
    }
  }

  private void seeScan(int data, int end) {
    int count = data < end ? file[data] & 0xFF : 0;
    int parameters = data + 1 + 2 * count;
    if (parameters + 3 > end) {
      return;
    }
    int first = isSequential() ? 0 : file[parameters] & 63;
    int last = isSequential() ? 63 : file[parameters + 1] & 63;
    int bit = isSequential() ? 0 : file[parameters + 2] & 15;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < ids.length; j++) {
        if (ids[j] == file[data + 1 + 2 * i]) {
          Arrays.fill(lowestBits[j], Math.min(first, last), Math.max(first, last) + 1, bit);
        }
      }
    }
  }

  private boolean isSequential() {
    return frame != 0xC2 && frame != 0xCA;
  }

  /** Whether every coefficient was scanned down to that bit. */
  private boolean hasAll(int bit) {
    return Arrays.stream(lowestBits)
        .flatMapToInt(Arrays::stream)
        .allMatch(lowest -> lowest >= 0 && lowest <= bit);
  }

  /** Reads application segments as libjpeg does: shorter ones are ignored. */
  private void seeApplication(JpegMarkers markers) {
    int size = markers.end() - markers.data();
    if (markers.marker() == 0xE0 && size >= 14) {
      jfif |= starts(markers.data(), "JFIF\0");
    } else if (markers.marker() == 0xEE && size >= 12 && starts(markers.data(), "Adobe")) {
      adobeTransform = file[markers.data() + 11] & 0xFF;
    }
  }

  private boolean starts(int at, String text) {
    byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
    return Arrays.equals(file, at, at + expected.length, expected, 0, expected.length);
  }

  byte[] bytes() {
    return bytes(new byte[0], 0);
  }

  /**
   * Returns the reduced file with additional bytes before the end marker.
   *
   * @param room the number of zeros after the end marker
   */
  byte[] bytes(byte[] before, int room) {
    int size = START.length + before.length + END.length + room;
    for (int[] range : kept) {
      size += range[1] - range[0];
    }
    byte[] out = Arrays.copyOf(START, size);
    int length = START.length;
    for (int[] range : kept) {
      System.arraycopy(file, range[0], out, length, range[1] - range[0]);
      length += range[1] - range[0];
    }
    System.arraycopy(before, 0, out, length, before.length);
    System.arraycopy(END, 0, out, length + before.length, END.length);
    return out;
  }

  int components() {
    return ids.length;
  }

  /**
   * Whether the first three components are luma and chroma. JFIF's marker takes precedence over
   * Adobe's, and that over the ids of the components.
   */
  boolean isYcc() {
    if (ids.length == 4) {
      return adobeTransform > 0;
    }
    if (jfif || adobeTransform >= 0) {
      return jfif || adobeTransform != 0;
    }
    return ids.length == 3 && (ids[0] != 'R' || ids[1] != 'G' || ids[2] != 'B');
  }

  /**
   * Whether the file is lossless: it codes differences between pixels instead of blocks (ITU T.81,
   * annex H).
   */
  boolean isLossless() {
    return frame == 0xC3;
  }

  /** Whether the file ends within the image, or continues with different data. */
  boolean endIsMissing() {
    return cutOff || stopped;
  }

  private boolean endsAt(int position) {
    int at = position;
    while (at + 1 < file.length && file[at] == -1 && file[at + 1] == -1) {
      at++;
    }
    return at + 1 < file.length && (file[at + 1] & 0xFF) == JpegMarkers.EOI;
  }

  /** Whether the file has an end marker, so that all data before it belongs to the image. */
  boolean endSeen() {
    return endSeen;
  }

  /** Whether the file ends within or after a scan, without any marker. */
  boolean cutOff() {
    return cutOff;
  }

  /** Whether there are scans for all details, of which the last may be cut off. */
  boolean hasAllScans() {
    return hasAll(0);
  }

  boolean progressive() {
    return !isSequential();
  }
}
