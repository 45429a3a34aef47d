package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;

/**
 * The metadata box of a HEIF file (ISO/IEC 23008-12): which item is the image, its displayed size,
 * and the size of the tiles if it is a grid.
 */
final class HeifHeader {
  private static final int MAX_BOXES = 10_000;
  private static final int MAX_TILES = 1024;
  private static final int MAX_COPIES = 8;

  /**
   * The number of pixels that a small image may exceed its own size by, for tiles that are larger.
   */
  private static final long SPARE_PIXELS = 1 << 22;

  /**
   * The maximum number of references of all items together: properties, tiles, locations. Real
   * files have some hundreds.
   */
  private static final int MAX_ENTRIES = 20_000;

  private static final int MAX_CONFIGURATION_BYTES = 1 << 16;

  /** The largest block of a codec. */
  private static final int MAX_PADDING = 128;

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
  private final Map<Long, List<Long>> tiles = new HashMap<>();
  private final List<Property> properties = new ArrayList<>();
  private final Map<Long, List<Integer>> associations = new HashMap<>();
  private final Map<Property, List<CodedSizes.Coded>> configured = new HashMap<>();

  /** The items that are copies of {@link #image}, the primary one last. */
  private final List<Long> copies = new ArrayList<>();

  /** Items that belong to another item, as an alpha channel does, and that item. */
  private final Map<Long, Long> auxiliary = new HashMap<>();

  private final HeifLocations locations;
  private boolean wideReferences;
  private long primary = -1;

  /** The item that is decoded. */
  private long image = -1;

  private boolean sequence;
  private int boxes;
  private int entries;

  private record Property(int type, long start, long end) {}

  private record Size(long width, long height) {
    long pixels() {
      return width * height;
    }

    Size turned() {
      long newWidth = height;
      return new Size(newWidth, width);
    }
  }

  private HeifHeader(ImageInputStream in) {
    this.in = in;
    this.locations = new HeifLocations(in, this::count);
  }

  static ImageDescription read(ImageInputStream in) throws IOException {
    return walked(in).describe();
  }

  /** See {@link HeifPrimary#of}. */
  static HeifPrimary primary(ImageInputStream in) throws IOException {
    HeifHeader header = walked(in);
    header.resolveCopies();
    return header.primary();
  }

  private static HeifHeader walked(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    HeifHeader header = new HeifHeader(in);
    header.walk(0, in.length(), 0);
    return header;
  }

  /** Finds what the primary item is a copy of. */
  private void resolveCopies() throws IOException {
    image = primary;
    while (types.getOrDefault(image, 0) == Bytes.code("iden")) {
      List<Long> of = tiles.getOrDefault(image, List.of());
      if (of.size() != 1 || copies.size() == MAX_COPIES) {
        throw new IOException("a copy of nothing");
      }
      copies.add(0, image);
      image = of.get(0);
    }
  }

  private HeifPrimary primary() throws IOException {
    List<HeifTransform> ofCopies = new ArrayList<>();
    for (long copy : copies) {
      ofCopies.addAll(transforms(copy));
    }
    List<Long> parts = tiles.getOrDefault(image, List.of());
    boolean limitedAlpha = false;
    for (Map.Entry<Long, Long> aside : auxiliary.entrySet()) {
      boolean used = aside.getValue() == image || parts.contains(aside.getValue());
      limitedAlpha |= used && isAlpha(aside.getKey()) && isLimitedGrey(aside.getKey());
    }
    return new HeifPrimary(
        image,
        transforms(image),
        ofCopies,
        isLimitedGrey(image) || (!parts.isEmpty() && isLimitedGrey(parts.get(0))),
        limitedAlpha);
  }

  /** Whether an item has one channel without the whole range; its description has precedence. */
  private boolean isLimitedGrey(long item) throws IOException {
    boolean limited = false;
    for (CodedSizes.Coded coded : coded(item)) {
      limited |= coded.limitedGrey();
    }
    for (Property property : of(item)) {
      in.seek(property.start);
      if (property.type == Bytes.code("colr") && in.readInt() == Bytes.code("nclx")) {
        in.skipBytes(6);
        return limited && (in.readUnsignedByte() & 0x80) == 0;
      }
    }
    return limited;
  }

  private ImageDescription describe() throws IOException {
    resolveCopies();
    Integer type = types.get(image);
    if (type == null && sequence) {
      throw new UnsupportedFormatException("a HEIF or AVIF sequence without a still image");
    }
    if (type == null) {
      throw new IOException("the file contains no image");
    }
    for (long item : associations.keySet()) {
      checkCoded(item);
    }
    Size stored = size(image);
    List<Long> parts = tiles.getOrDefault(image, List.of());
    long decoded = stored.pixels();
    if (isDerived(type)) {
      if (parts.isEmpty() || parts.size() > MAX_TILES) {
        throw new IOException("an image of " + parts.size() + " others");
      }
      checkDerived(type, stored);
      type = types.getOrDefault(parts.get(0), 0);
      for (long part : parts) {
        decoded += size(part).pixels();
        if (!types.getOrDefault(part, 0).equals(type)
            || decoded > 3 * stored.pixels() + SPARE_PIXELS) {
          throw new IOException("parts that do not form an image");
        }
      }
    }
    for (Map.Entry<Long, Long> aside : auxiliary.entrySet()) {
      boolean used = aside.getValue() == image || parts.contains(aside.getValue());
      if (used && isAlpha(aside.getKey())) {
        decoded += pixels(aside.getKey());
      }
    }
    if (decoded > 4 * stored.pixels() + SPARE_PIXELS) {
      throw new InnerSizeException("an alpha channel that is larger than the image");
    }
    ImageFormat format = format(type);
    Size shown = transformed(stored);
    int bytes = bits() > 8 ? 32 : 18;
    return ImageDescription.of(
        new CodedPixels(
            format,
            (int) shown.width,
            (int) shown.height,
            bytes,
            -1,
            bytes * Math.max(0, decoded - shown.pixels()),
            List.of()),
        ExifOrientation.NONE,
        ImageMetadata.NONE);
  }

  /** Whether an item is made of others: a grid or an overlay (ISO/IEC 23008-12, 6.6.2). */
  private static boolean isDerived(int type) {
    return type == Bytes.code("grid") || type == Bytes.code("iovl");
  }

  /** Checks the size in the data of a derived image, for which a decoder allocates memory. */
  private void checkDerived(int type, Size stored) throws IOException {
    ImageInputStream data = locations.data(image);
    if (data.length() < 8) {
      return; // no decoder can read it
    }
    data.setByteOrder(ByteOrder.BIG_ENDIAN);
    data.seek(1);
    boolean wide = (data.readUnsignedByte() & 1) == 1;
    data.seek(type == Bytes.code("grid") ? 4 : 10); // after the numbers of tiles, or a colour
    long width = wide ? data.readUnsignedInt() : data.readUnsignedShort();
    long height = wide ? data.readUnsignedInt() : data.readUnsignedShort();
    if (width > stored.width || height > stored.height) {
      throw new InnerSizeException(
          "a canvas of %d x %d in a smaller image".formatted(width, height));
    }
  }

  private static ImageFormat format(int type) throws IOException {
    if (type == Bytes.code("hvc1")) {
      return ImageFormat.HEIC;
    }
    if (type == Bytes.code("av01")) {
      return ImageFormat.AVIF;
    }
    StringBuilder name = new StringBuilder();
    for (int shift = 24; shift >= 0; shift -= 8) {
      int letter = type >> shift & 0xFF;
      name.append(letter > ' ' && letter < 0x7F ? (char) letter : '?');
    }
    throw new UnsupportedFormatException("HEIF with " + name);
  }

  /** The number of pixels of an item and of its tiles. */
  private long pixels(long item) throws IOException {
    long pixels = size(item).pixels();
    for (long part : tiles.getOrDefault(item, List.of())) {
      pixels += size(part).pixels();
    }
    return pixels;
  }

  /**
   * Whether an item is an alpha channel, by the names that decoders know (ISO/IEC 23008-12, 6.5.8
   * and H.265, annex F).
   */
  private boolean isAlpha(long item) throws IOException {
    for (Property property : of(item)) {
      if (property.type == Bytes.code("auxC")) {
        in.seek(property.start + 4);
        long length = Math.min(64, property.end - property.start - 4);
        String name = new String(Bytes.read(in, length), StandardCharsets.ISO_8859_1);
        return name.startsWith("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha")
            || name.startsWith("urn:mpeg:hevc:2015:auxid:1");
      }
    }
    return false;
  }

  private void count(long more) throws IOException {
    entries += (int) Math.min(MAX_ENTRIES + 1, more);
    if (entries > MAX_ENTRIES) {
      throw new IOException("more than " + MAX_ENTRIES + " entries");
    }
  }

  private Size size(long item) throws IOException {
    for (Property property : of(item)) {
      if (property.type == Bytes.code("ispe")) {
        in.seek(property.start + 4);
        long width = in.readUnsignedInt();
        long height = in.readUnsignedInt();
        if (width > 1 << 16 || height > 1 << 16) {
          throw new IOException("sides of %d and %d".formatted(width, height));
        }
        return new Size(width, height);
      }
    }
    throw new IOException("an image without a size");
  }

  /** Checks that no size for which a decoder allocates memory exceeds what the file states. */
  private void checkCoded(long item) throws IOException {
    List<CodedSizes.Coded> coded = coded(item);
    if (coded.isEmpty() || of(item).stream().noneMatch(p -> p.type == Bytes.code("ispe"))) {
      return;
    }
    Size size = size(item);
    for (CodedSizes.Coded part : coded) {
      if (part.width() > size.width + MAX_PADDING || part.height() > size.height + MAX_PADDING) {
        throw new InnerSizeException(
            "a coded image of %d x %d in a smaller one".formatted(part.width(), part.height()));
      }
    }
  }

  /** What the configuration and the data of an item say about it. */
  private List<CodedSizes.Coded> coded(long item) throws IOException {
    List<CodedSizes.Coded> coded = new ArrayList<>();
    for (Property property : of(item)) {
      boolean hevc = property.type == Bytes.code("hvcC");
      boolean av1 = property.type == Bytes.code("av1C");
      if (hevc || av1) {
        List<CodedSizes.Coded> known = configured.get(property);
        if (known == null) {
          in.seek(property.start);
          byte[] box =
              Bytes.read(in, Math.min(MAX_CONFIGURATION_BYTES, property.end - property.start));
          known = hevc ? CodedSizes.ofHevc(box) : CodedSizes.ofAv1(box);
          configured.put(property, known);
        }
        coded.addAll(known);
      }
    }
    int type = types.getOrDefault(item, 0);
    if (type == Bytes.code("av01")) {
      coded.addAll(CodedData.av1(locations.data(item)));
    } else if (type == Bytes.code("hvc1")) {
      coded.addAll(CodedData.hevc(locations.data(item)));
    }
    return coded;
  }

  /** Returns the displayed size: cropped, rotated and mirrored. */
  private Size transformed(Size stored) throws IOException {
    Size size = stored;
    List<HeifTransform> transforms = new ArrayList<>(transforms(image));
    for (long copy : copies) {
      transforms.addAll(transforms(copy));
    }
    for (HeifTransform transform : transforms) {
      if (transform instanceof HeifTransform.Crop crop) {
        size = new Size(Math.min(size.width, crop.width()), Math.min(size.height, crop.height()));
      } else if (transform instanceof HeifTransform.Rotation turn && turn.quarters() % 2 == 1) {
        size = size.turned();
      }
    }
    return size;
  }

  private List<HeifTransform> transforms(long item) throws IOException {
    List<HeifTransform> transforms = new ArrayList<>();
    for (Property property : of(item)) {
      in.seek(property.start);
      if (property.type == Bytes.code("irot")) {
        transforms.add(new HeifTransform.Rotation(in.readUnsignedByte() & 3));
      } else if (property.type == Bytes.code("imir")) {
        transforms.add(new HeifTransform.Mirror((in.readUnsignedByte() & 1) == 1));
      } else if (property.type == Bytes.code("clap")) {
        transforms.add(
            new HeifTransform.Crop(
                Math.round(fraction()), Math.round(fraction()), fraction(), fraction()));
      }
    }
    return transforms;
  }

  /** A fraction whose numerator may be negative; 0 if the denominator is. */
  private double fraction() throws IOException {
    double numerator = in.readInt();
    long denominator = in.readUnsignedInt();
    return denominator == 0 ? 0 : numerator / denominator;
  }

  private int bits() throws IOException {
    List<Long> all = new ArrayList<>(tiles.getOrDefault(image, List.of()));
    all.add(image);
    int most = 8;
    for (long item : all) {
      for (Property property : of(item)) {
        if (property.type == Bytes.code("pixi")) {
          in.seek(property.start + 5);
          most = Math.max(most, in.readUnsignedByte());
        }
      }
    }
    return most;
  }

  private List<Property> of(long item) {
    return associations.getOrDefault(item, List.of()).stream()
        .filter(index -> index >= 1 && index <= properties.size())
        .map(index -> properties.get(index - 1))
        .toList();
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
    if (count > MAX_TILES) {
      throw new IOException("a grid of " + count + " tiles");
    }
    count(count);
    List<Long> to = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      to.add(id(wideReferences));
    }
    if (dimg) {
      tiles.putIfAbsent(from, to);
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
