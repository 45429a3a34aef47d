package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/**
 * Where in a file the pixels are, and what decodes them. An icon may hold a PNG, and a reader need
 * not see the metadata of a file, its other pages or its comments.
 *
 * @param format of the decoder
 * @param width that the decoder has to find, in pixels
 * @param height that the decoder has to find, in pixels
 * @param bytesPerPixel that a decoder takes at most for a pixel, with all copies
 * @param heldPerPixel the bytes that it takes for a pixel when it makes the image smaller on the
 *     way, beside that smaller image; negative when it cannot
 * @param workingBytes that a decoder takes beside, for tiles and tables
 * @param splices the pieces that the decoder gets to see; none for the whole file
 */
public record CodedPixels(
    ImageFormat format,
    int width,
    int height,
    int bytesPerPixel,
    int heldPerPixel,
    long workingBytes,
    List<Splice> splices) {

  /** Of the whole file. */
  static CodedPixels whole(ImageFormat format, int width, int height, int bytesPerPixel) {
    return new CodedPixels(format, width, height, bytesPerPixel, -1, 0, List.of());
  }

  /** Of a decoder that can make the image smaller on the way. */
  CodedPixels scalable(int held) {
    return new CodedPixels(format, width, height, bytesPerPixel, held, workingBytes, splices);
  }

  CodedPixels seenAs(List<Splice> pieces) {
    return new CodedPixels(
        format, width, height, bytesPerPixel, heldPerPixel, workingBytes, pieces);
  }

  /** What the decoder reads, of an open file. */
  public ImageInputStream open(ImageInputStream file) {
    return splices.isEmpty() ? file : new SplicedInput(file, splices);
  }
}
