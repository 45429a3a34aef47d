package io.thumbnailer.imaging.raster;

import java.awt.color.ICC_Profile;
import java.awt.color.ICC_ProfileRGB;
import java.awt.color.ProfileDataException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates ICC profiles (ICC.1:2001) from other descriptions of colours. */
public final class MatrixProfile {
  private static final int HEADER_BYTES = 128;
  private static final int STEPS = 4096;

  private MatrixProfile() {}

  /**
   * Creates a profile with three components.
   *
   * @return empty if no display can have such colours
   */
  public static Optional<ICC_Profile> rgb(Chromaticities colours, TransferCurve curve) {
    return colours.toXyzD50().flatMap(matrix -> rgb(matrix, curve));
  }

  /**
   * Makes a profile with the primaries of a linear profile and the curve of sRGB.
   *
   * @return empty if the given profile is not linear
   */
  public static Optional<ICC_Profile> ofLinear(ICC_Profile linear) {
    if (!(linear instanceof ICC_ProfileRGB colours)) {
      return Optional.empty();
    }
    try {
      for (int i = 0; i < 3; i++) {
        if (Math.abs(colours.getGamma(i) - 1) > 0.01) {
          return Optional.empty();
        }
      }
    } catch (ProfileDataException e) { // its curve is a table, so it is not linear
      return Optional.empty();
    }
    double[][] matrix = new double[3][3];
    for (int row = 0; row < 3; row++) {
      for (int i = 0; i < 3; i++) {
        matrix[row][i] = colours.getMatrix()[row][i];
      }
    }
    return rgb(matrix, TransferCurve.SRGB);
  }

  private static Optional<ICC_Profile> rgb(double[][] matrix, TransferCurve curve) {
    List<Tag> tags = new ArrayList<>();
    String names = "rgb";
    for (int i = 0; i < 3; i++) {
      double peak = curve.peak();
      byte[] column = xyz(matrix[0][i] * peak, matrix[1][i] * peak, matrix[2][i] * peak);
      tags.add(new Tag(names.charAt(i) + "XYZ", column));
      tags.add(new Tag(names.charAt(i) + "TRC", curve(curve, peak)));
    }
    return profile("mntrRGB XYZ ", tags);
  }

  /** Creates a profile with one component. */
  public static Optional<ICC_Profile> grey(TransferCurve curve) {
    return profile("mntrGRAYXYZ ", List.of(new Tag("kTRC", curve(curve, 1))));
  }

  /** Makes a profile with three components from a lookup table ({@code mft2}) to XYZ. */
  static Optional<ICC_Profile> ofTable(byte[] table) {
    return profile("scnrRGB XYZ ", List.of(new Tag("A2B0", table)));
  }

  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  private record Tag(String name, byte[] value) {}

  private static Optional<ICC_Profile> profile(String kind, List<Tag> ownTags) {
    List<Tag> tags = new ArrayList<>(ownTags);
    tags.add(new Tag("wtpt", xyz(0.9642, 1, 0.8249)));
    tags.add(new Tag("desc", java.util.Arrays.copyOf(ascii("desc\0\0\0\0\0\0\0\2-\0"), 104)));
    tags.add(new Tag("cprt", ascii("text\0\0\0\0none\0\0\0\0")));
    int data = HEADER_BYTES + 4 + 12 * tags.size();
    ByteBuffer out =
        ByteBuffer.allocate(data + tags.stream().mapToInt(tag -> tag.value.length).sum());
    out.putInt(out.capacity()).putInt(0).putInt(0x02400000).put(ascii(kind));
    out.position(36).put(ascii("acsp"));
    out.position(68).put(xyz(0.9642, 1, 0.8249), 8, 12);
    out.position(HEADER_BYTES).putInt(tags.size());
    int offset = data;
    for (Tag tag : tags) {
      out.put(ascii(tag.name)).putInt(offset).putInt(tag.value.length);
      offset += tag.value.length;
    }
    tags.forEach(tag -> out.put(tag.value));
    try {
      return Optional.of(ICC_Profile.getInstance(out.array()));
    } catch (IllegalArgumentException e) { // values that a profile cannot represent
      return Optional.empty();
    }
  }

  private static byte[] xyz(double x, double y, double z) {
    ByteBuffer out = ByteBuffer.allocate(20).put(ascii("XYZ ")).putInt(0);
    for (double value : new double[] {x, y, z}) {
      out.putInt((int) Math.round(value * 65536));
    }
    return out.array();
  }

  private static byte[] curve(TransferCurve curve, double peak) {
    ByteBuffer out = ByteBuffer.allocate(12 + 2 * STEPS).put(ascii("curv")).putInt(0).putInt(STEPS);
    for (int i = 0; i < STEPS; i++) {
      out.putShort((short) Math.round(65535 * curve.at(i / (STEPS - 1.0), peak) / peak));
    }
    return out.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
