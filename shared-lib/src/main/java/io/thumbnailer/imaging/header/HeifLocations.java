package io.thumbnailer.imaging.header;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.stream.ImageInputStream;

/** The locations of the data of items in a HEIF file (ISO/IEC 14496-12, 8.11.3). */
final class HeifLocations {
  private static final int MAX_ITEMS = 10_000;
  private static final int IN_FILE = 0;
  private static final int IN_ITEM_DATA = 1;

  private final ImageInputStream in;
  private final Counter counter;
  private final Map<Long, Place> places = new HashMap<>();
  private long itemData = -1;

  /** Counts entries, and throws an exception if there are too many. */
  interface Counter {
    void count(long more) throws IOException;
  }

  /**
   * @param method how the offsets are to be interpreted
   */
  private record Place(int method, List<Splice> extents) {}

  HeifLocations(ImageInputStream in, Counter counter) {
    this.in = in;
    this.counter = counter;
  }

  /** Sets the start of the content of an {@code idat} box, in which items may be stored. */
  void setItemData(long start) {
    itemData = start;
  }

  /** Reads an {@code iloc} box. */
  void read(long start) throws IOException {
    in.seek(start);
    int version = in.readUnsignedByte();
    in.skipBytes(3);
    int sizes = in.readUnsignedShort();
    int offsetBytes = sizes >> 12 & 15;
    int lengthBytes = sizes >> 8 & 15;
    int baseBytes = sizes >> 4 & 15;
    int indexBytes = version > 0 ? sizes & 15 : 0;
    long count = version < 2 ? in.readUnsignedShort() : in.readUnsignedInt();
    if (count > MAX_ITEMS) {
      throw new IOException("places of " + count + " items");
    }
    counter.count(count);
    for (long i = 0; i < count; i++) {
      long item = version > 1 ? in.readUnsignedInt() : in.readUnsignedShort();
      int method = version > 0 ? in.readUnsignedShort() & 15 : IN_FILE;
      in.skipBytes(2);
      long base = number(baseBytes);
      int extents = in.readUnsignedShort();
      counter.count(extents);
      List<Splice> pieces = new ArrayList<>();
      for (int j = 0; j < extents; j++) {
        in.skipBytes(indexBytes);
        long from = base + number(offsetBytes);
        long length = number(lengthBytes);
        if (from >= 0 && length >= 0) {
          boolean open = length == 0 || length > Long.MAX_VALUE - from;
          pieces.add(Splice.file(from, open ? Long.MAX_VALUE : from + length));
        }
      }
      places.putIfAbsent(item, new Place(method, pieces));
    }
  }

  /** Returns the part of an item's data that exists; empty if its location is not known. */
  ImageInputStream data(long item) throws IOException {
    Place place = places.get(item);
    List<Splice> there = new ArrayList<>();
    if (place != null && place.method > IN_ITEM_DATA) {
      throw new IOException("an image within another item");
    }
    if (place != null && (place.method == IN_FILE || itemData >= 0)) {
      long origin = place.method == IN_FILE ? 0 : itemData;
      for (Splice extent : place.extents) {
        long start = Math.min(in.length(), origin + Math.min(in.length(), extent.start()));
        long rest = in.length() - start;
        there.add(Splice.file(start, start + Math.min(rest, extent.length())));
      }
    }
    return new SplicedInput(in, there);
  }

  private long number(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | in.readUnsignedByte();
    }
    return value;
  }
}
