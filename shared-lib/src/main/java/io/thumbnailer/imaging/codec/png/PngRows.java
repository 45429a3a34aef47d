package io.thumbnailer.imaging.codec.png;

import io.thumbnailer.imaging.raster.Alpha;
import io.thumbnailer.imaging.raster.PlanarImage;

/** The rows of an image in the form of PNG: a byte for the filter, then pixel by pixel. */
final class PngRows {
  private final PlanarImage image;
  private final boolean filtered;
  private final int channels;
  private final byte[] result;
  private byte[] row;
  private byte[] above;

  /** The index of the row in {@link #row}; -1 if there is none. */
  private int present = -1;

  /** Creates rows with the Paeth filter, or without a filter. */
  PngRows(PlanarImage image, boolean filtered) {
    this.image = image;
    this.filtered = filtered;
    this.channels = image.planes().size();
    this.row = new byte[1 + image.width() * channels];
    this.above = new byte[row.length];
    this.result = new byte[row.length];
  }

  /** Returns a row; the next call overwrites its bytes. */
  byte[] row(int y) {
    if (!filtered) {
      interleave(y, row);
      return row;
    }
    if (y > 0 && present != y - 1) {
      interleave(y - 1, row);
    }
    byte[] swap = above;
    above = row;
    row = swap;
    interleave(y, row);
    present = y;
    PngFilter.paeth(row, above, channels, result);
    return result;
  }

  private void interleave(int y, byte[] to) {
    int from = y * image.width();
    byte[] alpha = channels == 4 ? image.planes().get(3).samples() : null;
    for (int c = 0; c < channels; c++) {
      byte[] plane = image.planes().get(c).samples();
      for (int x = 0, at = 1 + c; x < image.width(); x++, at += channels) {
        byte value = plane[from + x];
        to[at] =
            alpha == null || c == 3 || alpha[from + x] == -1
                ? value
                : Alpha.divided(value, alpha[from + x]);
      }
    }
  }
}
