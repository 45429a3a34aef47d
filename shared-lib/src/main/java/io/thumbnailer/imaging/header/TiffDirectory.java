package io.thumbnailer.imaging.header;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.stream.ImageInputStream;

/**
 * The first directory of a TIFF (TIFF 6.0, section 2), or of a BigTIFF, which has wider numbers.
 * Entries whose values are not within the file are left out.
 */
final class TiffDirectory {
  private static final int MAX_ENTRIES = 4096;

  private final ImageInputStream in;
  private final ByteOrder order;
  private final boolean big;
  private final Map<Integer, Entry> entries = new TreeMap<>();

  /**
   * An entry of the directory.
   *
   * @param value where its values begin in the file
   * @param field its last field, which contains the values or their offset
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(int tag, int type, long count, long value, byte[] field) {

    int size() {
      return switch (type) {
        case 1, 2, 6, 7 -> 1;
        case 3, 8 -> 2;
        case 4, 9, 11, 13 -> 4;
        case 5, 10, 12, 16, 17, 18 -> 8;
        default -> 0;
      };
    }

    Entry ofAtMost(long most) {
      return count <= most ? this : new Entry(tag, type, most, value, field);
    }
  }

  TiffDirectory(ImageInputStream in) throws IOException {
    this.in = in;
    in.seek(0);
    this.order = in.readUnsignedByte() == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    in.setByteOrder(order);
    in.seek(2);
    this.big = in.readUnsignedShort() == 43;
    in.seek(big ? 8 : 4);
    in.seek(offset());
    long count = big ? in.readLong() : in.readUnsignedShort();
    if (count < 1 || count > MAX_ENTRIES) {
      throw new IOException("a directory of " + count + " entries");
    }
    for (int i = 0; i < count; i++) {
      readEntry();
    }
  }

  private void readEntry() throws IOException {
    int tag = in.readUnsignedShort();
    int type = in.readUnsignedShort();
    long count = offset();
    long at = in.getStreamPosition();
    byte[] field = Bytes.read(in, fieldBytes());
    Entry inline = new Entry(tag, type, count, at, field);
    int size = inline.size();
    if (size == 0 || count < 1 || count > in.length() / size) {
      return;
    }
    if (count * size <= field.length) {
      entries.put(tag, inline);
      return;
    }
    ByteBuffer number = ByteBuffer.wrap(field).order(order);
    long value = big ? number.getLong() : Integer.toUnsignedLong(number.getInt());
    if (value >= 0 && value <= in.length() - count * size) {
      entries.put(tag, new Entry(tag, type, count, value, field));
    }
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  Entry entry(int tag) {
    return entries.get(tag);
  }

  /** Returns the first value of an entry of whole numbers, as unsigned. */
  long number(int tag, long otherwise) throws IOException {
    Entry entry = entries.get(tag);
    return entry == null ? otherwise : number(entry, 0);
  }

  long number(Entry entry, long index) throws IOException {
    in.setByteOrder(order);
    in.seek(entry.value + index * entry.size());
    return switch (entry.type) {
      case 1, 7 -> in.readUnsignedByte();
      case 3 -> in.readUnsignedShort();
      case 4, 13 -> in.readUnsignedInt();
      case 16 -> {
        long value = in.readLong();
        if (value < 0) {
          throw new IOException("a number that is too large");
        }
        yield value;
      }
      default -> throw new IOException("not a whole number");
    };
  }

  String text(int tag) throws IOException {
    Entry entry = entries.get(tag);
    if (entry == null || entry.type != 2) {
      return "";
    }
    in.seek(entry.value);
    byte[] bytes = Bytes.read(in, Math.min(entry.count, 64));
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns the file with a single directory that has only the given entries, and no other page.
   */
  List<Splice> seenWith(List<Entry> kept) throws IOException {
    int head = big ? 16 : 8;
    long end = in.length();
    ByteBuffer start = ByteBuffer.allocate(head).order(order);
    in.seek(0);
    start.put(Bytes.read(in, big ? 8 : 4));
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    long at = end; // even if that offset is odd, so that a decoder sees where the file ends
    ByteBuffer body = ByteBuffer.allocate(16 + kept.size() * 20 + fieldBytes()).order(order);
    if (big) {
      start.putLong(at);
      body.putLong(kept.size());
    } else {
      start.putInt((int) at);
      body.putShort((short) kept.size());
    }
    for (Entry entry : kept) {
      body.putShort((short) entry.tag).putShort((short) entry.type);
      if (big) {
        body.putLong(entry.count);
      } else {
        body.putInt((int) entry.count);
      }
      body.put(field(entry));
    }
    body.put(new byte[fieldBytes()]); // no next directory
    directory.write(body.array(), 0, body.position());
    List<Splice> seen = new ArrayList<>();
    seen.add(Splice.of(start.array()));
    seen.add(Splice.file(head, end));
    seen.add(Splice.of(directory.toByteArray()));
    return seen;
  }

  /**
   * Returns the field of an entry; if fewer values are left and they fit, they are moved into it.
   */
  private byte[] field(Entry entry) throws IOException {
    long bytes = entry.count * entry.size();
    if (bytes > fieldBytes() || entries.get(entry.tag).count == entry.count) {
      return entry.field;
    }
    in.seek(entry.value);
    return java.util.Arrays.copyOf(Bytes.read(in, bytes), fieldBytes());
  }

  private int fieldBytes() {
    return big ? 8 : 4;
  }

  private long offset() throws IOException {
    return big ? in.readLong() : in.readUnsignedInt();
  }
}
