package io.thumbnailer.imaging.raster;

import io.thumbnailer.digest.Sha256;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Converts the colours of an embedded profile to sRGB with the JDK's Little CMS. The conversion is
 * applied to the finished thumbnail, which has far fewer pixels than the image. A profile that is
 * broken or does not fit the image's colours is ignored, as in browsers.
 */
public final class SrgbConversion {
  private static final ICC_Profile SRGB = ICC_Profile.getInstance(ColorSpace.CS_sRGB);

  /** The number of test colours for a profile along each axis. */
  private static final int PROBES = 6;

  /** A difference that is not visible, of 255. */
  private static final int UNSEEN = 2;

  private static final int MOST_KNOWN = 256;

  /** Whether a profile is sRGB, by its digest: most images contain one of a few profiles. */
  private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

  private SrgbConversion() {}

  /** Returns the profile if it is valid, fits the number of channels and is not sRGB. */
  public static Optional<ICC_Profile> usable(byte[] data, int components) {
    return valid(data, components).filter(profile -> !isSrgb(profile));
  }

  /**
   * Returns a profile for three channels, unless it is sRGB. A grey profile applies to three equal
   * ones, as which libheif and libjxl return a grey image.
   */
  public static Optional<ICC_Profile> usableForRgb(byte[] data) {
    return usable(data, 3).or(() -> valid(data, 1).map(SrgbConversion::greyAsRgb));
  }

  /** Returns the profile if it is valid and fits the number of channels. */
  public static Optional<ICC_Profile> valid(byte[] data, int components) {
    try {
      ICC_Profile profile = ICC_Profile.getInstance(data);
      return profile.getNumComponents() == components ? Optional.of(profile) : Optional.empty();
    } catch (RuntimeException e) { // IllegalArgument, CMM, ArrayIndexOutOfBounds
      return Optional.empty();
    }
  }

  /**
   * Returns a profile for grey images: a grey profile, or an RGB one, with which browsers show
   * three equal components.
   */
  public static Optional<ICC_Profile> validForGrey(byte[] data) {
    return valid(data, 1).or(() -> valid(data, 3));
  }

  /**
   * Whether a profile with three components makes no visible difference. Names are not trusted:
   * some profiles are called sRGB and are not.
   */
  public static boolean isSrgb(ICC_Profile profile) {
    if (profile.getNumComponents() != 3) {
      return false;
    }
    String digest = Sha256.hex(profile.getData());
    Boolean known = KNOWN.get(digest);
    if (known == null) {
      known = changesNothing(profile);
      if (KNOWN.size() >= MOST_KNOWN) {
        KNOWN.clear();
      }
      KNOWN.put(digest, known);
    }
    return known;
  }

  private static boolean changesNothing(ICC_Profile profile) {
    byte[] in = new byte[3 * PROBES * PROBES * PROBES];
    for (int i = 0, at = 0; at < in.length; i++) {
      for (int step = i, c = 0; c < 3; c++, step /= PROBES) {
        in[at++] = (byte) (step % PROBES * 255 / (PROBES - 1));
      }
    }
    WritableRaster target = Raster.createInterleavedRaster(0, in.length / 3, 1, 3, null);
    try {
      fromProfile(profile)
          .filter(
              Raster.createInterleavedRaster(
                  new DataBufferByte(in, in.length),
                  in.length / 3,
                  1,
                  in.length,
                  3,
                  offsets(3),
                  null),
              target);
    } catch (CMMException | IllegalArgumentException e) {
      return true; // does not work and is ignored
    }
    byte[] out = ((DataBufferByte) target.getDataBuffer()).getData();
    for (int i = 0; i < in.length; i++) {
      if (Math.abs((in[i] & 0xFF) - (out[i] & 0xFF)) > UNSEEN) {
        return false;
      }
    }
    return true;
  }

  /** Returns the profile of a colour space under the same conditions. */
  public static Optional<ICC_Profile> usable(ColorSpace space, int components) {
    if (!(space instanceof ICC_ColorSpace icc)
        || space.isCS_sRGB()
        || space.equals(ColorSpace.getInstance(ColorSpace.CS_GRAY))) {
      return Optional.empty();
    }
    return usable(icc.getProfile().getData(), components);
  }

  /** Creates a conversion from a profile's colours to sRGB. */
  public static ColorConvertOp fromProfile(ICC_Profile profile) {
    return new ColorConvertOp(new ICC_Profile[] {profile, SRGB}, null);
  }

  /** Creates an RGB profile that shows three equal components as the grey profile shows one. */
  private static ICC_Profile greyAsRgb(ICC_Profile grey) {
    byte[] table = greyTables(grey)[0];
    TransferCurve curve =
        new TransferCurve(
            v -> TransferCurve.SRGB.at((table[(int) Math.round(255 * v)] & 0xFF) / 255.0, 1), 1);
    return MatrixProfile.rgb(Chromaticities.BT709, curve).orElse(SRGB);
  }

  /**
   * Returns the red, green and blue for each of the 256 greys as three tables. Grey stays as it is
   * if the profile does not work.
   *
   * @param profile with one or three components
   */
  static byte[][] greyTables(ICC_Profile profile) {
    byte[] greys = new byte[256];
    for (int i = 0; i < greys.length; i++) {
      greys[i] = (byte) i;
    }
    Plane ramp = Plane.whole(greys, greys.length, 1);
    PlanarImage image =
        new PlanarImage(
            PlanarImage.Colours.GRAY, greys.length, 1, List.of(ramp), Optional.of(profile));
    return ColourConversion.toRgb(toSrgb(image)).planes().stream()
        .map(Plane::samples)
        .toArray(byte[][]::new);
  }

  /** Converts an image to sRGB; the result has no profile. */
  public static PlanarImage toSrgb(PlanarImage image) {
    if (image.profile().isEmpty()) {
      return image;
    }
    boolean greyProfile = image.profile().get().getNumComponents() == 1;
    PlanarImage rgb = greyProfile ? image : ColourConversion.toRgb(image);
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
}
