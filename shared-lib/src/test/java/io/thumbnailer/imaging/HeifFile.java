package io.thumbnailer.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** HEIF files that no program writes (ISO/IEC 23008-12), assembled box by box. */
final class HeifFile {
  private static final String ALPHA = "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0";

  private final String brand;
  private final String itemType;
  private final List<byte[]> items = new ArrayList<>();
  private final List<byte[]> properties = new ArrayList<>();
  private final List<byte[]> associations = new ArrayList<>();
  private final List<byte[]> data = new ArrayList<>();
  private byte[] references = {};
  private byte[] groups = {};
  private int primary = 1;

  private HeifFile(String brand, String itemType) {
    this.brand = brand;
    this.itemType = itemType;
  }

  /** Creates a file with AV1 or HEVC. */
  static HeifFile like(String name) {
    boolean avif = name.endsWith("avif");
    return new HeifFile(avif ? "avif" : "heic", avif ? "av01" : "hvc1");
  }

  /** Adds an image, the first of which is the primary one. */
  HeifFile image(int width, int height, byte[] configuration, byte[] coded) {
    int id = items.size() + 1;
    byte[] type = itemType.getBytes(StandardCharsets.ISO_8859_1);
    items.add(full("infe", 2, numbers(2, id, 0), type, new byte[1]));
    properties.add(full("ispe", 0, numbers(4, width, height)));
    properties.add(configuration);
    associations.add(join(numbers(2, id), new byte[] {2, (byte) (2 * id - 1), (byte) (2 * id)}));
    data.add(coded);
    return this;
  }

  /** Makes the last image the alpha channel of the first one. */
  HeifFile asAlpha() {
    properties.add(full("auxC", 0, ALPHA.getBytes(StandardCharsets.ISO_8859_1)));
    byte[] last = associations.remove(associations.size() - 1);
    byte[] more = Arrays.copyOf(last, last.length + 1);
    more[2]++;
    more[last.length] = (byte) properties.size();
    associations.add(more);
    references = join(references, box("auxl", numbers(2, items.size(), 1, 1)));
    return this;
  }

  /** Gives the last image a property that comes before its size. */
  HeifFile with(byte[] property) {
    properties.add(property);
    byte[] last = associations.remove(associations.size() - 1);
    byte[] first = {(byte) (last[2] + 1), (byte) properties.size()};
    associations.add(join(Arrays.copyOf(last, 2), first, Arrays.copyOfRange(last, 3, last.length)));
    return this;
  }

  /** Adds an image that is made of the images before it, and makes it the primary one. */
  HeifFile derived(String type, byte[] description, byte[]... own) {
    int id = items.size() + 1;
    items.add(
        full(
            "infe", 2, numbers(2, id, 0), type.getBytes(StandardCharsets.ISO_8859_1), new byte[1]));
    byte[] indices = new byte[own.length + 1];
    indices[0] = (byte) own.length;
    for (int i = 0; i < own.length; i++) {
      properties.add(own[i]);
      indices[i + 1] = (byte) properties.size();
    }
    associations.add(join(numbers(2, id), indices));
    byte[] parts = {};
    for (int part = 1; part < id; part++) {
      parts = join(parts, numbers(2, part));
    }
    references = join(references, box("dimg", numbers(2, id, id - 1), parts));
    data.add(description);
    primary = id;
    return this;
  }

  /** Adds groups of items. */
  HeifFile grouped(byte[]... boxes) {
    groups = box("grpl", boxes);
    return this;
  }

  HeifFile referring(byte[] boxes) {
    references = boxes;
    return this;
  }

  /** Returns the file with the coded images in an {@code mdat} box. */
  byte[] withDataBehind() {
    byte[] head = head(0, 0, new byte[0]);
    byte[] all = join(data.toArray(byte[][]::new));
    return join(head(0, head.length + 8, new byte[0]), box("mdat", all));
  }

  /** Returns the file with the coded images inside the metadata box. */
  byte[] withDataInside() {
    return head(1, 0, box("idat", data.toArray(byte[][]::new)));
  }

  private byte[] head(int method, int first, byte[] inside) {
    ByteArrayOutputStream places = new ByteArrayOutputStream();
    int at = first;
    int placed = 0;
    for (int i = 0; i < data.size(); i++) {
      if (data.get(i).length > 0) {
        places.writeBytes(numbers(2, i + 1, method, 0, 1));
        places.writeBytes(numbers(4, at, data.get(i).length));
        at += data.get(i).length;
        placed++;
      }
    }
    byte[] count = numbers(4, associations.size());
    return file(
        brand,
        groups,
        full("pitm", 0, numbers(2, primary)),
        full("iinf", 0, numbers(2, items.size()), join(items.toArray(byte[][]::new))),
        references.length == 0 ? new byte[0] : full("iref", 0, references),
        full("iloc", 1, new byte[] {0x44, 0}, numbers(2, placed), places.toByteArray()),
        inside,
        box(
            "iprp",
            box("ipco", properties.toArray(byte[][]::new)),
            full("ipma", 0, count, join(associations.toArray(byte[][]::new)))));
  }

  /** A file that contains only metadata. */
  static byte[] file(String brand, byte[]... boxes) {
    byte[] name = brand.getBytes(StandardCharsets.ISO_8859_1);
    byte[] type = box("ftyp", name, new byte[4], name);
    return join(type, full("meta", 0, boxes));
  }

  static byte[] full(String type, int version, byte[]... contents) {
    return box(type, numbers(4, version << 24), join(contents));
  }

  static byte[] box(String type, byte[]... contents) {
    byte[] content = join(contents);
    return join(
        numbers(4, content.length + 8), type.getBytes(StandardCharsets.ISO_8859_1), content);
  }

  /** Encodes numbers with the given number of bytes each. */
  static byte[] numbers(int bytes, int... values) {
    ByteBuffer out = ByteBuffer.allocate(bytes * values.length);
    for (int value : values) {
      if (bytes == 2) {
        out.putShort((short) value);
      } else {
        out.putInt(value);
      }
    }
    return out.array();
  }

  /** Returns a complete box of a file. */
  static byte[] find(byte[] file, String type) {
    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(type) - 4;
    return Arrays.copyOfRange(file, at, at + ByteBuffer.wrap(file).getInt(at));
  }

  /** Returns the contents of a box of a file. */
  static byte[] contents(byte[] file, String type) {
    byte[] box = find(file, type);
    return Arrays.copyOfRange(box, 8, box.length);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
