package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/** The first section of a Photoshop file (Adobe's file format specification). */
final class PsdHeader {
  private static final int MAX_CHANNELS = 24;

  private PsdHeader() {}

  static ImageDescription read(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    in.seek(12);
    int channels = in.readUnsignedShort();
    int height = in.readInt();
    int width = in.readInt();
    int depth = in.readUnsignedShort();
    if (channels < 1 || channels > MAX_CHANNELS || depth < 1 || depth > 32) {
      throw new IOException("%d channels of %d bits".formatted(channels, depth));
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
}
