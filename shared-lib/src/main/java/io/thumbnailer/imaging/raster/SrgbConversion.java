package io.thumbnailer.imaging.raster;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From an embedded profile's colours to sRGB, by the JDK's Little CMS. It is done on the finished
 * thumbnail, which has far fewer pixels than the image. A profile that is broken or not for the
 * image's kind of colours is ignored, as browsers do.
 */
public final class SrgbConversion {
  private static final ICC_Profile SRGB = ICC_Profile.getInstance(ColorSpace.CS_sRGB);

  private SrgbConversion() {}

  /** The profile, if it is sound, fits the number of channels and is not sRGB. */
  public static Optional<ICC_Profile> usable(byte[] data, int components) {
    try {
      ICC_Profile profile = ICC_Profile.getInstance(data);
      return profile.getNumComponents() == components && !isSrgb(data)
          ? Optional.of(profile)
          : Optional.empty();
    } catch (RuntimeException e) { // IllegalArgument, CMM, ArrayIndexOutOfBounds
      return Optional.empty();
    }
  }

  /** The profile of a colour space, likewise. */
  public static Optional<ICC_Profile> usable(ColorSpace space, int components) {
    if (!(space instanceof ICC_ColorSpace icc)
        || space.isCS_sRGB()
        || space.equals(ColorSpace.getInstance(ColorSpace.CS_GRAY))) {
      return Optional.empty();
    }
    return usable(icc.getProfile().getData(), components);
  }

  /** What converts from a profile's colours. */
  public static ColorConvertOp fromProfile(ICC_Profile profile) {
    return new ColorConvertOp(new ICC_Profile[] {profile, SRGB}, null);
  }

  /** Converts; the result has no profile. */
  public static PlanarImage toSrgb(PlanarImage image) {
    if (image.profile().isEmpty()) {
      return image;
    }
    PlanarImage rgb =
        image.colours() == PlanarImage.Colours.GRAY ? image : ColourConversion.toRgb(image);
    try {
      return converted(rgb, new ICC_ColorSpace(image.profile().get()));
    } catch (CMMException | IllegalArgumentException e) {
      return new PlanarImage(
          rgb.colours(), rgb.width(), rgb.height(), rgb.planes(), Optional.empty());
    }
  }

  private static PlanarImage converted(PlanarImage image, ICC_ColorSpace space) {
    int channels = space.getNumComponents();
    int w = image.width();
    int h = image.height();
    byte[] alpha = image.hasAlpha() ? image.planes().get(3).samples() : null;
    byte[] in = new byte[w * h * channels];
    for (int c = 0; c < channels; c++) {
      byte[] plane = image.planes().get(c).samples();
      for (int i = 0; i < plane.length; i++) {
        in[i * channels + c] = alpha == null ? plane[i] : Alpha.divided(plane[i], alpha[i]);
      }
    }
    WritableRaster target = Raster.createInterleavedRaster(0, w, h, 3, null);
    fromProfile(space.getProfile())
        .filter(
            Raster.createInterleavedRaster(
                new DataBufferByte(in, in.length),
                w,
                h,
                w * channels,
                channels,
                offsets(channels),
                null),
            target);
    byte[] out = ((DataBufferByte) target.getDataBuffer()).getData();
    List<Plane> planes = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      byte[] plane = new byte[w * h];
      for (int i = 0; i < plane.length; i++) {
        byte value = out[i * 3 + c];
        plane[i] = alpha == null ? value : Alpha.multiplied(value, alpha[i]);
      }
      planes.add(Plane.whole(plane, w, h));
    }
    if (alpha != null) {
      planes.add(image.planes().get(3));
    }
    return new PlanarImage(
        alpha == null ? PlanarImage.Colours.RGB : PlanarImage.Colours.RGBA,
        w,
        h,
        planes,
        Optional.empty());
  }

  private static int[] offsets(int channels) {
    return channels == 1 ? new int[] {0} : new int[] {0, 1, 2};
  }

  /** By the description that every sRGB profile carries, in 8-bit or 16-bit letters. */
  private static boolean isSrgb(byte[] data) {
    String text = new String(data, 0, Math.min(data.length, 4096), StandardCharsets.ISO_8859_1);
    return text.contains("sRGB IEC61966") || text.contains("s\0R\0G\0B\0 \0I\0E\0C\0006");
  }
}
