package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/** The first section of a Photoshop file (Adobe's file format specification). */
final class PsdHeader {
  private static final int MAX_CHANNELS = 24;

  /** The resource that says whether Photoshop stored the flattened image. */
  private static final int VERSION = 1057;

  private PsdHeader() {}

  static ImageDescription read(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    in.seek(4);
    boolean large = in.readUnsignedShort() == 2;
    in.seek(12);
    int channels = in.readUnsignedShort();
    int height = in.readInt();
    int width = in.readInt();
    int depth = in.readUnsignedShort();
    if (channels < 1 || channels > MAX_CHANNELS || depth < 1 || depth > 32) {
      throw new IOException("%d channels of %d bits".formatted(channels, depth));
    }
    try {
      refuseUnknown(in, large);
    } catch (EOFException e) {
      // The decoder finds out which rows are present.
    }
    // the decoded samples, a channel or row that is being processed, and the planes
    int bytes = Math.min(channels, 5) * ((depth + 7) / 8) + channels + 8;
    return ImageDescription.of(
        new CodedPixels(
            ImageFormat.PSD,
            width,
            height,
            bytes,
            0,
            8L * Math.min(channels, 5) * height,
            List.of()),
        ExifOrientation.NONE,
        ImageMetadata.NONE);
  }

  /** Refuses files without a flattened image, or with one whose coding is not supported. */
  private static void refuseUnknown(ImageInputStream in, boolean large) throws IOException {
    in.seek(26);
    in.seek(30 + in.readUnsignedInt());
    PsdResources.read(
        in,
        (id, size, left) -> {
          if (id == VERSION && size > 4) {
            in.skipBytes(4);
            if (in.readUnsignedByte() == 0) {
              throw new UnsupportedFormatException("PSD that was saved without a flattened image");
            }
          }
        });
    long layers = large ? in.readLong() : in.readUnsignedInt();
    in.seek(in.getStreamPosition() + Math.max(0, layers));
    int compression = in.readUnsignedShort();
    if (compression == 2 || compression == 3) {
      throw new UnsupportedFormatException("PSD with a zipped flattened image");
    }
  }
}
