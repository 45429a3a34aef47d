package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.stream.ImageInputStream;

/**
 * The image of a HEIF file (ISO/IEC 23008-12): which item it is, its displayed size, and the size
 * of its parts if it is made of others.
 */
final class HeifHeader {
  private static final int MAX_COPIES = 8;

  /**
   * The number of pixels that a small image may exceed its own size by, for tiles that are larger.
   */
  private static final long SPARE_PIXELS = 1 << 22;

  private final HeifBoxes boxes;
  private final HeifProperties properties;

  /** The items that are copies of {@link #image}, the primary one last. */
  private final List<Long> copies = new ArrayList<>();

  /** The item that is decoded. */
  private long image;

  private HeifHeader(ImageInputStream in) throws IOException {
    this.boxes = HeifBoxes.read(in);
    this.properties = new HeifProperties(in, boxes);
    this.image = boxes.primary();
    resolveCopies();
  }

  static ImageDescription read(ImageInputStream in) throws IOException {
    return new HeifHeader(in).describe();
  }

  /** See {@link HeifPrimary#of}. */
  static HeifPrimary primary(ImageInputStream in) throws IOException {
    return new HeifHeader(in).primary();
  }

  /** Finds what the primary item is a copy of. */
  private void resolveCopies() throws IOException {
    while (boxes.type(image) == Bytes.code("iden")) {
      List<Long> of = boxes.parts(image);
      if (of.size() != 1 || copies.size() == MAX_COPIES) {
        throw new IOException("a copy of nothing");
      }
      copies.add(0, image);
      image = of.get(0);
    }
  }

  private HeifPrimary primary() throws IOException {
    List<Long> parts = boxes.parts(image);
    boolean limitedAlpha = false;
    for (long alpha : alphas()) {
      limitedAlpha |= properties.isLimitedGrey(alpha);
    }
    return new HeifPrimary(
        image,
        properties.transforms(image),
        transformsOfCopies(),
        properties.isLimitedGrey(image)
            || (!parts.isEmpty() && properties.isLimitedGrey(parts.get(0))),
        limitedAlpha);
  }

  private ImageDescription describe() throws IOException {
    int type = boxes.type(image);
    if (type == 0 && boxes.hasSequence()) {
      throw new UnsupportedFormatException("a HEIF or AVIF sequence without a still image");
    }
    if (type == 0) {
      throw new IOException("the file contains no image");
    }
    for (long item : boxes.described()) {
      properties.checkCoded(item);
    }
    HeifProperties.Size stored = properties.size(image);
    List<Long> parts = boxes.parts(image);
    long decoded = stored.pixels();
    if (isDerived(type)) {
      if (parts.isEmpty() || parts.size() > HeifBoxes.MAX_PARTS) {
        throw new IOException("an image of " + parts.size() + " others");
      }
      checkDerived(type, stored);
      type = boxes.type(parts.get(0));
      for (long part : parts) {
        decoded += properties.size(part).pixels();
        if (boxes.type(part) != type || decoded > 3 * stored.pixels() + SPARE_PIXELS) {
          throw new IOException("parts that do not form an image");
        }
      }
    }
    for (long alpha : alphas()) {
      decoded += pixels(alpha);
    }
    if (decoded > 4 * stored.pixels() + SPARE_PIXELS) {
      throw new InnerSizeException("an alpha channel that is larger than the image");
    }
    ImageFormat format = format(type);
    HeifProperties.Size shown = transformed(stored);
    int bytes = bits() > 8 ? 32 : 18;
    return ImageDescription.of(
        new CodedPixels(
            format,
            (int) shown.width(),
            (int) shown.height(),
            bytes,
            -1,
            bytes * Math.max(0, decoded - shown.pixels()),
            List.of()),
        ExifOrientation.NONE,
        ImageMetadata.NONE);
  }

  /** The alpha channels of the image and of its parts. */
  private List<Long> alphas() throws IOException {
    List<Long> alphas = new ArrayList<>();
    for (Map.Entry<Long, Long> aside : boxes.auxiliary().entrySet()) {
      boolean used = aside.getValue() == image || boxes.parts(image).contains(aside.getValue());
      if (used && properties.isAlpha(aside.getKey())) {
        alphas.add(aside.getKey());
      }
    }
    return alphas;
  }

  /** The transformations of the copies, in the order in which they are applied. */
  private List<HeifTransform> transformsOfCopies() throws IOException {
    List<HeifTransform> transforms = new ArrayList<>();
    for (long copy : copies) {
      transforms.addAll(properties.transforms(copy));
    }
    return transforms;
  }

  /** Whether an item is made of others: a grid or an overlay (ISO/IEC 23008-12, 6.6.2). */
  private static boolean isDerived(int type) {
    return type == Bytes.code("grid") || type == Bytes.code("iovl");
  }

  /** Checks the size in the data of a derived image, for which a decoder allocates memory. */
  private void checkDerived(int type, HeifProperties.Size stored) throws IOException {
    ImageInputStream data = boxes.data(image);
    if (data.length() < 8) {
      return; // no decoder can read it
    }
    data.setByteOrder(ByteOrder.BIG_ENDIAN);
    data.seek(1);
    boolean wide = (data.readUnsignedByte() & 1) == 1;
    data.seek(type == Bytes.code("grid") ? 4 : 10); // after the numbers of tiles, or a colour
    long width = wide ? data.readUnsignedInt() : data.readUnsignedShort();
    long height = wide ? data.readUnsignedInt() : data.readUnsignedShort();
    if (width > stored.width() || height > stored.height()) {
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
    long pixels = properties.size(item).pixels();
    for (long part : boxes.parts(item)) {
      pixels += properties.size(part).pixels();
    }
    return pixels;
  }

  /** Returns the displayed size: cropped, rotated and mirrored. */
  private HeifProperties.Size transformed(HeifProperties.Size stored) throws IOException {
    HeifProperties.Size size = stored;
    List<HeifTransform> transforms = new ArrayList<>(properties.transforms(image));
    transforms.addAll(transformsOfCopies());
    for (HeifTransform transform : transforms) {
      if (transform instanceof HeifTransform.Crop crop) {
        size =
            new HeifProperties.Size(
                Math.min(size.width(), crop.width()), Math.min(size.height(), crop.height()));
      } else if (transform instanceof HeifTransform.Rotation turn && turn.quarters() % 2 == 1) {
        size = size.turned();
      }
    }
    return size;
  }

  private int bits() throws IOException {
    int most = properties.bits(image);
    for (long part : boxes.parts(image)) {
      most = Math.max(most, properties.bits(part));
    }
    return most;
  }
}
