package io.thumbnailer.imaging.header;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.stream.ImageInputStream;

/** What the properties and the data of a HEIF file's items say about them. */
final class HeifProperties {
  private static final int MAX_CONFIGURATION_BYTES = 1 << 16;

  /** The largest block of a codec. */
  private static final int MAX_PADDING = 128;

  private final ImageInputStream in;
  private final HeifBoxes boxes;
  private final Map<HeifBoxes.Property, List<CodedSizes.Coded>> configured = new HashMap<>();

  /** A size in pixels. */
  record Size(long width, long height) {
    long pixels() {
      return width * height;
    }

    Size turned() {
      long newWidth = height;
      return new Size(newWidth, width);
    }
  }

  HeifProperties(ImageInputStream in, HeifBoxes boxes) {
    this.in = in;
    this.boxes = boxes;
  }

  /** The size of an item before it is transformed. */
  Size size(long item) throws IOException {
    for (HeifBoxes.Property property : boxes.properties(item)) {
      if (property.is("ispe")) {
        in.seek(property.start() + 4);
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

  /**
   * Whether an item is an alpha channel, by the names that decoders know (ISO/IEC 23008-12, 6.5.8
   * and H.265, annex F).
   */
  boolean isAlpha(long item) throws IOException {
    for (HeifBoxes.Property property : boxes.properties(item)) {
      if (property.is("auxC")) {
        in.seek(property.start() + 4);
        long length = Math.min(64, property.end() - property.start() - 4);
        String name = new String(Bytes.read(in, length), StandardCharsets.ISO_8859_1);
        return name.startsWith("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha")
            || name.startsWith("urn:mpeg:hevc:2015:auxid:1");
      }
    }
    return false;
  }

  /** Whether an item has one channel without the whole range; its description has precedence. */
  boolean isLimitedGrey(long item) throws IOException {
    boolean limited = false;
    for (CodedSizes.Coded coded : coded(item)) {
      limited |= coded.limitedGrey();
    }
    for (HeifBoxes.Property property : boxes.properties(item)) {
      in.seek(property.start());
      if (property.is("colr") && in.readInt() == Bytes.code("nclx")) {
        in.skipBytes(6);
        return limited && (in.readUnsignedByte() & 0x80) == 0;
      }
    }
    return limited;
  }

  /** Checks that no size for which a decoder allocates memory exceeds what the file states. */
  void checkCoded(long item) throws IOException {
    List<CodedSizes.Coded> coded = coded(item);
    if (coded.isEmpty() || boxes.properties(item).stream().noneMatch(p -> p.is("ispe"))) {
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
    for (HeifBoxes.Property property : boxes.properties(item)) {
      boolean hevc = property.is("hvcC");
      boolean av1 = property.is("av1C");
      if (hevc || av1) {
        List<CodedSizes.Coded> known = configured.get(property);
        if (known == null) {
          in.seek(property.start());
          byte[] box =
              Bytes.read(in, Math.min(MAX_CONFIGURATION_BYTES, property.end() - property.start()));
          known = hevc ? CodedSizes.ofHevc(box) : CodedSizes.ofAv1(box);
          configured.put(property, known);
        }
        coded.addAll(known);
      }
    }
    int type = boxes.type(item);
    if (type == Bytes.code("av01")) {
      coded.addAll(CodedData.av1(boxes.data(item)));
    } else if (type == Bytes.code("hvc1")) {
      coded.addAll(CodedData.hevc(boxes.data(item)));
    }
    return coded;
  }

  /** The transformations of an item, in the order in which they are applied. */
  List<HeifTransform> transforms(long item) throws IOException {
    List<HeifTransform> transforms = new ArrayList<>();
    for (HeifBoxes.Property property : boxes.properties(item)) {
      in.seek(property.start());
      if (property.is("irot")) {
        transforms.add(new HeifTransform.Rotation(in.readUnsignedByte() & 3));
      } else if (property.is("imir")) {
        transforms.add(new HeifTransform.Mirror((in.readUnsignedByte() & 1) == 1));
      } else if (property.is("clap")) {
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

  /** The number of bits of an item's samples, as far as it is stated; at least 8. */
  int bits(long item) throws IOException {
    int most = 8;
    for (HeifBoxes.Property property : boxes.properties(item)) {
      if (property.is("pixi")) {
        in.seek(property.start() + 5);
        most = Math.max(most, in.readUnsignedByte());
      }
    }
    return most;
  }
}
