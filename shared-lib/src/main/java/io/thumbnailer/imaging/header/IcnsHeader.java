package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.stream.ImageInputStream;

/**
 * The elements of a macOS icon. The largest PNG is used, with the size from its own header. If
 * there is none, the older kinds of elements are used, whose type determines their size, which is
 * at most 128 pixels.
 */
final class IcnsHeader {
  private static final int MAX_ELEMENTS = 200;

  /** The sides of images with alpha; their data begins with the letters ARGB. */
  private static final Map<Integer, Integer> WITH_ALPHA =
      Map.of(Bytes.code("ic04"), 16, Bytes.code("ic05"), 32);

  /** The sides of the images that are not PNG, including masks and bitmaps for old systems. */
  private static final Map<Integer, Integer> SIDES =
      Map.of(
          Bytes.code("is32"), 16,
          Bytes.code("il32"), 32,
          Bytes.code("ih32"), 48,
          Bytes.code("it32"), 128,
          Bytes.code("ICN#"), 32,
          Bytes.code("icl8"), 32,
          Bytes.code("ics#"), 16,
          Bytes.code("ics8"), 16,
          Bytes.code("ich#"), 48,
          Bytes.code("ich8"), 48);

  /** The known sides of images that are PNG. */
  private static final Map<Integer, Integer> PNG_SIDES =
      Map.ofEntries(
          Map.entry(Bytes.code("icp4"), 16),
          Map.entry(Bytes.code("icp5"), 32),
          Map.entry(Bytes.code("icp6"), 64),
          Map.entry(Bytes.code("ic07"), 128),
          Map.entry(Bytes.code("ic08"), 256),
          Map.entry(Bytes.code("ic09"), 512),
          Map.entry(Bytes.code("ic10"), 1024),
          Map.entry(Bytes.code("ic11"), 32),
          Map.entry(Bytes.code("ic12"), 64),
          Map.entry(Bytes.code("ic13"), 256),
          Map.entry(Bytes.code("ic14"), 512));

  private static final List<Integer> MASKS =
      List.of(Bytes.code("s8mk"), Bytes.code("l8mk"), Bytes.code("h8mk"), Bytes.code("t8mk"));

  private final ImageInputStream in;
  private final boolean metadata;
  private final List<Splice> old = new ArrayList<>();
  private int oldSide;
  private ImageDescription png;
  private boolean jpeg2000;
  private InnerSizeException tooLarge;

  private IcnsHeader(ImageInputStream in, boolean metadata) {
    this.in = in;
    this.metadata = metadata;
  }

  static ImageDescription read(ImageInputStream in, boolean metadata) throws IOException {
    IcnsHeader header = new IcnsHeader(in, metadata);
    header.walk();
    return header.describe();
  }

  private void walk() throws IOException {
    long at = 8;
    for (int i = 0; i < MAX_ELEMENTS && at + 8 < in.length(); i++) {
      in.setByteOrder(ByteOrder.BIG_ENDIAN);
      in.seek(at);
      int type = in.readInt();
      long end = at + Math.max(8, in.readUnsignedInt());
      if (end - at > 16 && end <= in.length()) {
        element(type, at, end);
      } else if (end > in.length() && at + 16 < in.length() && png == null && oldSide == 0) {
        element(type, at, in.length()); // used as far as it goes if no other image is complete
      }
      at = end;
    }
  }

  private void element(int type, long start, long end) throws IOException {
    int first = in.readInt();
    int second = in.readInt();
    if (first == 0x89504E47) {
      List<Splice> there = List.of(Splice.file(start + 8, end));
      try {
        ImageDescription found = PngHeader.read(new SplicedInput(in, there), metadata);
        int side = PNG_SIDES.getOrDefault(type, 16);
        Nested.checkIcon(found.header().width(), found.header().height(), side, side);
        if (png == null || found.header().pixels() > png.header().pixels()) {
          png = Nested.within(found, ImageFormat.ICNS, start + 8, end);
        }
      } catch (InnerSizeException e) {
        tooLarge = e;
      } catch (IOException e) {
        // others may be complete
      }
    } else if (first == 0xFF4FFF51 || (first == 12 && second == Bytes.code("jP  "))) {
      jpeg2000 = true;
    } else if (WITH_ALPHA.containsKey(type) && first == Bytes.code("ARGB")) {
      old.add(Splice.file(start, end));
      oldSide = Math.max(oldSide, WITH_ALPHA.get(type));
    } else if (SIDES.containsKey(type) || MASKS.contains(type)) {
      old.add(Splice.file(start, end));
      oldSide = Math.max(oldSide, SIDES.getOrDefault(type, 0));
    }
  }

  private ImageDescription describe() throws IOException {
    if (png != null && png.header().width() >= oldSide) {
      return png;
    }
    if (oldSide == 0 && tooLarge != null) {
      throw tooLarge;
    }
    if (oldSide == 0) {
      throw jpeg2000
          ? new UnsupportedFormatException("ICNS with JPEG 2000")
          : new IOException("an icon without an image");
    }
    byte[] head = new byte[8];
    long length = 8 + old.stream().mapToLong(Splice::length).sum();
    ByteBuffer.wrap(head).putInt(Bytes.code("icns")).putInt((int) length);
    List<Splice> seen = new ArrayList<>(List.of(Splice.of(head)));
    seen.addAll(old);
    return ImageDescription.of(
        CodedPixels.whole(ImageFormat.ICNS, oldSide, oldSide, 12).seenAs(seen),
        ExifOrientation.NONE,
        ImageMetadata.NONE);
  }
}
