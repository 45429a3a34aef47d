package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.InflaterInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * The chunks of a PNG before its pixels (ISO/IEC 15948). Decoders see only the chunks that are
 * needed to decode or show the pixels, each once; other chunks can contain anything, in any amount.
 */
final class PngHeader {
  private static final Set<Integer> SHOWN =
      Set.of(
          Bytes.code("PLTE"),
          Bytes.code("tRNS"),
          Bytes.code("gAMA"),
          Bytes.code("cHRM"),
          Bytes.code("sRGB"),
          Bytes.code("cICP"),
          Bytes.code("cLLI"),
          Bytes.code("mDCV"));

  /** Enough for a palette. */
  private static final int MAX_SHOWN_BYTES = 1024;

  private static final int MAX_CHUNKS = 20_000;
  private static final int MAX_EXIF_BYTES = 1 << 16;

  private PngHeader() {}

  static ImageDescription read(ImageInputStream in, boolean metadata) throws IOException {
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    in.seek(8);
    int length = in.readInt();
    int first = in.readInt();
    if (first == Bytes.code("CgBI")) {
      throw new UnsupportedFormatException("Apple's CgBI variant of PNG");
    }
    if (length != 13 || first != Bytes.code("IHDR")) {
      throw new IOException("a PNG without a header");
    }
    int width = in.readInt();
    int height = in.readInt();
    int depth = in.readUnsignedByte();
    boolean alphaChannel = in.readUnsignedByte() >= 4;
    in.skipBytes(2);
    boolean interlaced = in.readUnsignedByte() != 0;
    in.seek(33);
    List<Splice> shown = new ArrayList<>(List.of(Splice.file(0, 33)));
    Set<Integer> seen = new HashSet<>();
    int orientation = ExifOrientation.NONE;
    Optional<byte[]> profile = Optional.empty();
    for (int i = 0; i < MAX_CHUNKS; i++) {
      long chunk = in.getStreamPosition();
      long bytes = in.readUnsignedInt();
      int type = in.readInt();
      long end = chunk + 12 + bytes;
      if (type == Bytes.code("IDAT")) {
        shown.add(Splice.file(chunk, in.length()));
        // four samples of 16 bits, the planes, and rows that are being processed
        CodedPixels pixels =
            CodedPixels.whole(ImageFormat.PNG, width, height, depth == 16 ? 20 : 14)
                .scalable(interlaced ? 4 : 0);
        return ImageDescription.of(pixels.seenAs(shown), orientation, ImageMetadata.of(profile));
      }
      boolean fresh = seen.add(type);
      if (type == Bytes.code("eXIf") && fresh) {
        orientation = ExifOrientation.of(Bytes.read(in, Math.min(bytes, MAX_EXIF_BYTES)));
      } else if (type == Bytes.code("iCCP") && fresh && metadata) {
        profile = profile(in, bytes);
      } else if (SHOWN.contains(type)
          && fresh
          && bytes <= MAX_SHOWN_BYTES
          && !(alphaChannel && type == Bytes.code("tRNS"))) {
        shown.add(Splice.file(chunk, end));
      } else if (type == Bytes.code("IEND")) {
        throw new IOException("a PNG without pixels");
      }
      in.seek(end);
    }
    throw new IOException("more than " + MAX_CHUNKS + " chunks before the pixels");
  }

  /** Inflates as many bytes as the profile states, and never more than are used. */
  private static Optional<byte[]> profile(ImageInputStream in, long length) throws IOException {
    if (length > ImageMetadata.MAX_PROFILE_BYTES) {
      return Optional.empty();
    }
    byte[] chunk = Bytes.read(in, length);
    int name = 0;
    while (name < chunk.length && chunk[name] != 0) {
      name++;
    }
    if (name + 2 >= chunk.length) {
      return Optional.empty();
    }
    try (InflaterInputStream zip =
        new InflaterInputStream(
            new ByteArrayInputStream(chunk, name + 2, chunk.length - name - 2))) {
      byte[] start = zip.readNBytes(Integer.BYTES);
      long size = start.length < 4 ? 0 : Integer.toUnsignedLong(ByteBuffer.wrap(start).getInt());
      if (size < 128 || size > ImageMetadata.MAX_PROFILE_BYTES) {
        return Optional.empty();
      }
      byte[] rest = zip.readNBytes((int) size - start.length);
      byte[] whole = Arrays.copyOf(start, start.length + rest.length);
      System.arraycopy(rest, 0, whole, start.length, rest.length);
      return Optional.of(whole);
    } catch (IOException e) { // not valid compressed data
      return Optional.empty();
    }
  }
}
