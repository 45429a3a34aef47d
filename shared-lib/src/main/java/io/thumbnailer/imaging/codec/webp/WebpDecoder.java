package io.thumbnailer.imaging.codec.webp;

import io.thumbnailer.imaging.header.WebpFrame;
import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.PlanarRows;
import io.thumbnailer.imaging.raster.SrgbConversion;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes WebP with {@link NativeWebp}: a still image, or the canvas of an animation with its first
 * frame.
 */
public final class WebpDecoder {
  private final NativeWebp library;

  public WebpDecoder(NativeWebp library) {
    this.library = library;
  }

  /**
   * Decodes as many rows as there are.
   *
   * @param canvas the admitted header
   * @param denominator a still image is reduced by this factor
   */
  public Decoded decode(
      ImageInputStream in, ImageHeader canvas, Optional<byte[]> profile, int denominator)
      throws IOException {
    Optional<ICC_Profile> usable = profile.flatMap(p -> SrgbConversion.usable(p, 3));
    if (WebpFrame.animated(in, canvas)) {
      return frame(FirstFrame.of(in), canvas, usable);
    }
    byte[] file = new byte[Math.toIntExact(in.length())];
    in.seek(0);
    in.readFully(file);
    NativeWebp.Features features = features(file, canvas.width(), canvas.height());
    ImageHeader size =
        new ImageHeader(
            ImageFormat.WEBP,
            (canvas.width() + denominator - 1) / denominator,
            (canvas.height() + denominator - 1) / denominator,
            1);
    PlanarRows rows = new PlanarRows(size.width(), size.height(), features.alpha() ? 4 : 3, usable);
    NativeWebp.End end =
        library.decode(
            file, features.alpha(), size, denominator > 1, (y, row) -> rows.set(y, row, 0));
    return finished(rows, end);
  }

  private Decoded frame(FirstFrame frame, ImageHeader canvas, Optional<ICC_Profile> profile)
      throws IOException {
    NativeWebp.Features features = features(frame.file(), frame.width(), frame.height());
    PlanarRows rows = new PlanarRows(canvas.width(), canvas.height(), 4, profile);
    byte[] target = new byte[4 * canvas.width()];
    for (int y = 0; y < canvas.height(); y++) {
      if (y < frame.top() || y >= frame.top() + frame.height()) {
        rows.set(y, target, 0);
      }
    }
    ImageHeader size = new ImageHeader(ImageFormat.WEBP, frame.width(), frame.height(), 1);
    int shown = Math.min(frame.width(), canvas.width() - frame.left());
    NativeWebp.End end =
        library.decode(
            frame.file(),
            true,
            size,
            false,
            (y, row) -> {
              if (frame.top() + y < canvas.height() && shown > 0) {
                System.arraycopy(row, 0, target, 4 * frame.left(), 4 * shown);
                rows.set(frame.top() + y, target, 0);
              }
            });
    Decoded decoded = finished(rows, end);
    return features.alpha() ? decoded : decoded.opaqueIfSolid();
  }

  private NativeWebp.Features features(byte[] file, int width, int height) throws IOException {
    NativeWebp.Features features = library.features(file);
    if (features.width() != width || features.height() != height) {
      throw new IOException("the size differs from the header");
    }
    return features;
  }

  private static Decoded finished(PlanarRows rows, NativeWebp.End end) {
    return switch (end) {
      case WHOLE -> rows.finish();
      case CUT_OFF -> rows.finishDamaged(true);
      case CORRUPT -> rows.finishDamaged(false);
    };
  }
}
