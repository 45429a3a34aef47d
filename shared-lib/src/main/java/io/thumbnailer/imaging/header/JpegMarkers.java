package io.thumbnailer.imaging.header;

/**
 * Iterates over the markers of a JPEG (ITU T.81, annex B). All code that reads the structure of a
 * JPEG uses it, so that all of it sees the same: garbage between segments is skipped, a length
 * below 2 counts as 2, and everything after the end of the image is ignored.
 */
public final class JpegMarkers {
  public static final int DHT = 0xC4;
  public static final int DAC = 0xCC;
  public static final int EOI = 0xD9;
  public static final int SOS = 0xDA;
  public static final int DQT = 0xDB;
  public static final int DRI = 0xDD;

  private final byte[] file;
  private int position;
  private int marker;
  private int data;

  /** Starts at a position in a file, or in the known part of it. */
  public JpegMarkers(byte[] file, int start) {
    this.file = file;
    this.position = start;
  }

  /**
   * Moves to the next marker.
   *
   * @return false if the bytes end before it, or within its length
   */
  public boolean next() {
    while (true) {
      position = JpegEntropySegment.next0xFF(file, position);
      while (position + 1 < file.length && file[position + 1] == -1) {
        position++;
      }
      if (position + 1 >= file.length) {
        return false;
      }
      int code = file[position + 1] & 0xFF;
      position += 2;
      if (code <= 1 || (code >= 0xD0 && code <= 0xD8)) {
        continue; // stuffed, or a marker without a length
      }
      marker = code;
      data = position;
      if (code != EOI) {
        if (position + 2 > file.length) {
          return false;
        }
        data = position + 2;
        position += Math.max(2, number(position));
      }
      return true;
    }
  }

  /** The second byte of the marker. */
  public int marker() {
    return marker;
  }

  /** The position of the segment's data, after its length. */
  public int data() {
    return data;
  }

  /** The end of the segment, which may be beyond the known bytes. */
  public int end() {
    return position;
  }

  public boolean isFrame() {
    return marker >= 0xC0 && marker <= 0xCF && marker != DHT && marker != 0xC8 && marker != DAC;
  }

  /**
   * Skips the entropy-coded data of a scan whose SOS is the current marker; returns the position
   * after it.
   */
  public int skipScan() {
    while (true) {
      position = JpegEntropySegment.next0xFF(file, position);
      if (position + 1 >= file.length) {
        position = file.length;
        return position;
      }
      int code = file[position + 1] & 0xFF;
      if (code == 0xFF) {
        position++;
      } else if (code == 0 || (code >= 0xD0 && code <= 0xD7)) {
        position += 2;
      } else {
        return position;
      }
    }
  }

  private int number(int at) {
    return (file[at] & 0xFF) << 8 | (file[at + 1] & 0xFF);
  }
}
