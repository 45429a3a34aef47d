package io.thumbnailer.imaging.header;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;

/**
 * The metadata boxes of a HEIF file (ISO/IEC 14496-12 and 23008-12): its items, how they refer to
 * each other, and where their properties and data are.
 */
final class HeifBoxes {
  private static final int MAX_BOXES = 10_000;

  /** The maximum number of items that one item is made of. */
  static final int MAX_PARTS = 1024;

  /**
   * The maximum number of references of all items together: properties, parts, locations. Real
   * files have some hundreds.
   */
  private static final int MAX_ENTRIES = 20_000;

  /** If there were two of these, a decoder might use the other one. */
  private static final Set<Integer> SINGLE =
      Set.of(
          Bytes.code("meta"),
          Bytes.code("pitm"),
          Bytes.code("iinf"),
          Bytes.code("iref"),
          Bytes.code("iloc"),
          Bytes.code("idat"),
          Bytes.code("iprp"),
          Bytes.code("ipco"));

  private final ImageInputStream in;
  private final Set<Integer> seen = new HashSet<>();
  private final Map<Long, Integer> types = new HashMap<>();
  private final Map<Long, List<Long>> parts = new HashMap<>();
  private final List<Property> properties = new ArrayList<>();
  private final Map<Long, List<Integer>> associations = new HashMap<>();
  private final Map<Long, Long> auxiliary = new HashMap<>();
  private final HeifLocations locations;
  private boolean wideReferences;
  private long primary = -1;
  private boolean sequence;
  private int boxes;
  private int entries;

  /**
   * A property of one or more items.
   *
   * @param type of its box
   * @param start of the box's content in the file
   * @param end of the box
   */
  record Property(int type, long start, long end) {
    boolean is(String name) {
      return type == Bytes.code(name);
    }
  }

  private HeifBoxes(ImageInputStream in) {
    this.in = in;
    this.locations = new HeifLocations(in, this::count);
  }

  /** Reads the boxes of a whole file. */
  static HeifBoxes read(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    HeifBoxes boxes = new HeifBoxes(in);
    boxes.walk(0, in.length(), 0);
    return boxes;
  }

  /** The primary item; -1 if the file names none. */
  long primary() {
    return primary;
  }

  /** Whether the file has a sequence of images. */
  boolean hasSequence() {
    return sequence;
  }

  /** The type of an item; 0 if there is no such item. */
  int type(long item) {
    return types.getOrDefault(item, 0);
  }

  /** The items that an item is made of or a copy of. */
  List<Long> parts(long item) {
    return parts.getOrDefault(item, List.of());
  }

  /** Items that belong to another item, as an alpha channel does, and that item. */
  Map<Long, Long> auxiliary() {
    return auxiliary;
  }

  /** The items that have properties. */
  Set<Long> described() {
    return associations.keySet();
  }

  /** The properties of an item, in the order in which they apply. */
  List<Property> properties(long item) {
    return associations.getOrDefault(item, List.of()).stream()
        .filter(index -> index >= 1 && index <= properties.size())
        .map(index -> properties.get(index - 1))
        .toList();
  }

  /** The part of an item's data that exists. */
  ImageInputStream data(long item) throws IOException {
    return locations.data(item);
  }

  private void count(long more) throws IOException {
    entries += (int) Math.min(MAX_ENTRIES + 1, more);
    if (entries > MAX_ENTRIES) {
      throw new IOException("more than " + MAX_ENTRIES + " entries");
    }
  }

  private void walk(long start, long end, int parent) throws IOException {
    long at = start;
    while (at + 8 <= end) {
      if (++boxes > MAX_BOXES) {
        throw new IOException("more than " + MAX_BOXES + " boxes");
      }
      in.seek(at);
      long length = in.readUnsignedInt();
      int type = in.readInt();
      long content = at + 8;
      if (length == 1) {
        length = in.readLong();
        content += 8;
      }
      long next = length == 0 ? end : at + length;
      if (next < content || next > end) {
        if (parent == 0) {
          return; // the pixels are cut off
        }
        throw new IOException("a box that is longer than its parent");
      }
      sequence |= parent == 0 && type == Bytes.code("moov");
      box(type, content, next, parent);
      at = next;
    }
  }

  private void box(int type, long start, long end, int parent) throws IOException {
    if (SINGLE.contains(type) && parent == parentOf(type) && !seen.add(type)) {
      throw new IOException("two boxes where only one is allowed");
    }
    if (parent == Bytes.code("ipco")) {
      properties.add(new Property(type, start, end));
    } else if (parent == Bytes.code("iref")) {
      reference(type);
    } else if (parent != parentOf(type)) {
      return; // has no meaning there
    } else if (type == Bytes.code("meta")) {
      walk(start + 4, end, type);
    } else if (type == Bytes.code("iprp") || type == Bytes.code("ipco")) {
      walk(start, end, type);
    } else if (type == Bytes.code("iref")) {
      in.seek(start);
      wideReferences = in.readUnsignedByte() > 0;
      walk(start + 4, end, type);
    } else if (type == Bytes.code("pitm")) {
      in.seek(start);
      boolean wide = in.readUnsignedByte() > 0;
      in.skipBytes(3);
      primary = id(wide);
    } else if (type == Bytes.code("iinf")) {
      in.seek(start);
      walk(start + (in.readUnsignedByte() > 0 ? 8 : 6), end, type);
    } else if (type == Bytes.code("infe")) {
      in.seek(start);
      boolean wide = in.readUnsignedByte() > 2;
      in.skipBytes(3);
      long item = id(wide);
      in.skipBytes(2);
      types.putIfAbsent(item, in.readInt());
    } else if (type == Bytes.code("ipma")) {
      associate(start);
    } else if (type == Bytes.code("iloc")) {
      locations.read(start);
    } else if (type == Bytes.code("idat")) {
      locations.setItemData(start);
    }
  }

  /** The parent box in which this type is used. */
  private static int parentOf(int type) {
    if (type == Bytes.code("meta")) {
      return 0;
    }
    if (type == Bytes.code("ipco") || type == Bytes.code("ipma")) {
      return Bytes.code("iprp");
    }
    return Bytes.code(type == Bytes.code("infe") ? "iinf" : "meta");
  }

  private void reference(int type) throws IOException {
    boolean dimg = type == Bytes.code("dimg");
    if (!dimg && type != Bytes.code("auxl")) {
      return;
    }
    long from = id(wideReferences);
    int count = in.readUnsignedShort();
    if (count > MAX_PARTS) {
      throw new IOException("a grid of " + count + " tiles");
    }
    count(count);
    List<Long> to = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      to.add(id(wideReferences));
    }
    if (dimg) {
      parts.putIfAbsent(from, to);
    } else if (!to.isEmpty()) {
      auxiliary.put(from, to.get(0));
    }
  }

  private void associate(long start) throws IOException {
    in.seek(start);
    boolean wideItems = in.readUnsignedByte() > 0;
    in.skipBytes(2);
    boolean wideIndices = (in.readUnsignedByte() & 1) == 1;
    long count = in.readUnsignedInt();
    if (count > MAX_BOXES) {
      throw new IOException("properties of " + count + " items");
    }
    count(count);
    for (long i = 0; i < count; i++) {
      long item = id(wideItems);
      List<Integer> indices = new ArrayList<>();
      int associated = in.readUnsignedByte();
      count(associated);
      for (int j = 0; j < associated; j++) {
        indices.add(wideIndices ? in.readUnsignedShort() & 0x7FFF : in.readUnsignedByte() & 0x7F);
      }
      associations.putIfAbsent(item, indices);
    }
  }

  private long id(boolean wide) throws IOException {
    return wide ? in.readUnsignedInt() : in.readUnsignedShort();
  }
}
