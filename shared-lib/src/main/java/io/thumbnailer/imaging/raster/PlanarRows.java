package io.thumbnailer.imaging.raster;

import java.awt.color.ICC_Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Builds an image from rows of interleaved samples in any order, and optionally reduces its size at
 * the same time. It records which rows arrived; the others are transparent in the result.
 */
public final class PlanarRows {
  private final int width;
  private final int height;
  private final int channels;
  private final int denominator;
  private final Optional<ICC_Profile> profile;

  /** The image, or one row of it that is added to the sums. */
  private final List<byte[]> planes = new ArrayList<>();

  private final Optional<BlockSums> sums;
  private final boolean[] arrived;
  private boolean premultiply = true;

  /**
   * Tables from grey to red, green and blue; for grey with alpha the profile is applied at once.
   */
  private final byte[][] tables;

  /**
   * Creates an empty image.
   *
   * @param channels 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGB and alpha; alpha is not
   *     premultiplied
   * @param profile of the colours, with one or three components for grey and three for RGB; ignored
   *     if it has another number
   */
  public PlanarRows(int width, int height, int channels, Optional<ICC_Profile> profile) {
    this(width, height, channels, profile, 1);
  }

  /**
   * Creates an empty image that is reduced while rows are added.
   *
   * @param denominator 1 to 16: each sample of the result is the mean of a square block with this
   *     side; if it is not 1, each row must be set once
   */
  public PlanarRows(
      int width, int height, int channels, Optional<ICC_Profile> profile, int denominator) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.denominator = denominator;
    Optional<ICC_Profile> fitting =
        profile.filter(
            p -> p.getNumComponents() == 3 || (channels < 3 && p.getNumComponents() == 1));
    this.tables = channels == 2 ? fitting.map(SrgbConversion::greyTables).orElse(null) : null;
    this.profile = channels == 2 ? Optional.empty() : fitting;
    this.arrived = new boolean[height];
    int count = channels == 2 ? 4 : channels;
    this.sums =
        denominator == 1
            ? Optional.empty()
            : Optional.of(new BlockSums(count, width, height, denominator));
    for (int i = 0; i < count; i++) {
      planes.add(new byte[sums.isPresent() ? width : Math.multiplyExact(width, height)]);
    }
  }

  /** Does not premultiply colours, for callers that determine the alpha later. */
  public PlanarRows keepingColours() {
    premultiply = false;
    return this;
  }

  public int channels() {
    return channels;
  }

  /** Sets a row from 8-bit samples, starting at an index. */
  public void set(int y, byte[] samples, int from) {
    arrived[y] = true;
    int to = sums.isPresent() ? 0 : y * width;
    switch (channels) {
      case 1 -> System.arraycopy(samples, from, planes.get(0), to, width);
      case 2 -> setGreyAlpha(samples, from, to);
      case 3 -> setRgb(samples, from, to);
      default -> setRgba(samples, from, to);
    }
    sums.ifPresent(blocks -> blocks.add(y, planes));
  }

  /** Marks a row whose samples are set as not coming from the file. */
  public void missing(int y) {
    arrived[y] = false;
  }

  /** Returns the image after the file was read to its end; rows that were not set are missing. */
  public Decoded finish() {
    return finish(false, false);
  }

  /** Returns the image; if rows are missing, the file ends too early. */
  public Decoded finishReached() {
    return finish(false, true);
  }

  /**
   * Returns the image of a file that could not be read to its end.
   *
   * @param endedEarly whether the file ends too early, rather than being corrupt
   */
  public Decoded finishDamaged(boolean endedEarly) {
    return finish(true, endedEarly);
  }

  private Decoded finish(boolean damaged, boolean endedEarly) {
    int rows = 0;
    for (boolean there : arrived) {
      rows += there ? 1 : 0;
    }
    boolean transparent = rows < height;
    int outWidth = sums.map(BlockSums::width).orElse(width);
    int outHeight = sums.map(BlockSums::height).orElse(height);
    if (sums.isPresent()) {
      planes.clear();
      planes.addAll(sums.get().means());
    }
    if (transparent) {
      blankMissing(outWidth, outHeight);
    }
    PlanarImage.Colours colours =
        switch (planes.size()) {
          case 1 -> PlanarImage.Colours.GRAY;
          case 3 -> PlanarImage.Colours.RGB;
          default -> PlanarImage.Colours.RGBA;
        };
    double extentX = sums.map(BlockSums::extentX).orElse((double) width);
    double extentY = sums.map(BlockSums::extentY).orElse((double) height);
    List<Plane> whole =
        planes.stream().map(p -> new Plane(p, outWidth, outHeight, extentX, extentY)).toList();
    // A grey image was converted to three colours when it got alpha, and its profile was applied.
    Optional<ICC_Profile> kept = planes.size() >= 3 && channels == 1 ? Optional.empty() : profile;
    PlanarImage image = new PlanarImage(colours, outWidth, outHeight, whole, kept);
    return new Decoded(image, (double) rows / height, damaged || transparent, endedEarly);
  }

  private void blankMissing(int outWidth, int outHeight) {
    if (planes.size() < 4) {
      if (planes.size() == 1) {
        colourGrey();
      }
      byte[] alpha = new byte[outWidth * outHeight];
      Arrays.fill(alpha, (byte) 0xFF);
      planes.add(alpha);
    }
    boolean[] there = new boolean[outHeight];
    for (int y = 0; y < height; y++) {
      there[y / denominator] |= arrived[y];
    }
    for (int y = 0; y < outHeight; y++) {
      if (!there[y]) {
        for (byte[] plane : planes) {
          Arrays.fill(plane, y * outWidth, (y + 1) * outWidth, (byte) 0);
        }
      }
    }
  }

  private void colourGrey() {
    byte[] grey = planes.get(0);
    if (profile.isEmpty()) {
      planes.add(grey.clone());
      planes.add(grey.clone());
      return;
    }
    byte[][] colours = SrgbConversion.greyTables(profile.get());
    planes.clear();
    for (byte[] table : colours) {
      byte[] plane = new byte[grey.length];
      for (int i = 0; i < grey.length; i++) {
        plane[i] = table[grey[i] & 0xFF];
      }
      planes.add(plane);
    }
  }

  private void setRgb(byte[] samples, int from, int to) {
    byte[] r = planes.get(0);
    byte[] g = planes.get(1);
    byte[] b = planes.get(2);
    for (int x = 0, at = from; x < width; x++, at += 3) {
      r[to + x] = samples[at];
      g[to + x] = samples[at + 1];
      b[to + x] = samples[at + 2];
    }
  }

  private void setRgba(byte[] samples, int from, int to) {
    byte[] r = planes.get(0);
    byte[] g = planes.get(1);
    byte[] b = planes.get(2);
    byte[] a = planes.get(3);
    for (int x = 0, at = from; x < width; x++, at += 4) {
      byte alpha = samples[at + 3];
      boolean opaque = alpha == -1 || !premultiply;
      r[to + x] = opaque ? samples[at] : Alpha.multiplied(samples[at], alpha);
      g[to + x] = opaque ? samples[at + 1] : Alpha.multiplied(samples[at + 1], alpha);
      b[to + x] = opaque ? samples[at + 2] : Alpha.multiplied(samples[at + 2], alpha);
      a[to + x] = alpha;
    }
  }

  private void setGreyAlpha(byte[] samples, int from, int to) {
    for (int x = 0, at = from; x < width; x++, at += 2) {
      byte alpha = samples[at + 1];
      for (int c = 0; c < 3; c++) {
        byte value = tables == null ? samples[at] : tables[c][samples[at] & 0xFF];
        planes.get(c)[to + x] = Alpha.multiplied(value, alpha);
      }
      planes.get(3)[to + x] = alpha;
    }
  }
}
