package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/**
 * Where the pixels are in a file, and what decodes them. An icon may contain a PNG, and a decoder
 * does not need to see a file's metadata, its other pages or its comments.
 *
 * @param format of the decoder
 * @param width that the decoder must find, in pixels
 * @param height that the decoder must find, in pixels
 * @param bytesPerPixel maximum memory of a decoder per pixel, including all copies
 * @param heldPerPixel memory per pixel, in addition to the reduced image, if the decoder reduces
 *     the image while it decodes; negative if it cannot
 * @param workingBytes additional memory of a decoder, for tiles and tables
 * @param splices the pieces of the file that the decoder sees; empty for the whole file
 */
public record CodedPixels(
    ImageFormat format,
    int width,
    int height,
    int bytesPerPixel,
    int heldPerPixel,
    long workingBytes,
    List<Splice> splices) {

  /** Creates a description whose decoder sees the whole file. */
  static CodedPixels whole(ImageFormat format, int width, int height, int bytesPerPixel) {
    return new CodedPixels(format, width, height, bytesPerPixel, -1, 0, List.of());
  }

  /** Returns a copy for a decoder that can reduce the image while it decodes. */
  CodedPixels scalable(int held) {
    return new CodedPixels(format, width, height, bytesPerPixel, held, workingBytes, splices);
  }

  CodedPixels seenAs(List<Splice> pieces) {
    return new CodedPixels(
        format, width, height, bytesPerPixel, heldPerPixel, workingBytes, pieces);
  }

  /** Opens the part of a file that the decoder reads. */
  public ImageInputStream open(ImageInputStream file) {
    return splices.isEmpty() ? file : new SplicedInput(file, splices);
  }
}
