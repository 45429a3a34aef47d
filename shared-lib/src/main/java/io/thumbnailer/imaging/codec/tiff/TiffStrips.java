package io.thumbnailer.imaging.codec.tiff;

import java.util.Arrays;

/**
 * Where the strips or tiles of a page are.
 *
 * @param height rows of each
 * @param offsets in the file
 * @param lengths in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TiffStrips(int height, long[] offsets, long[] lengths) {
  /** Higher strips are divided if they can be, since each is read as a whole. */
  private static final int MOST_ROWS = 64;

  /** The same rows in strips of few rows, for strips that are not compressed. */
  TiffStrips divided(int pictureHeight, int planes, int rowBytes) {
    int down = (pictureHeight + height - 1) / height;
    long whole = (long) rowBytes * Math.min(height, pictureHeight);
    long last = (long) rowBytes * (pictureHeight - (down - 1) * height);
    if (height <= MOST_ROWS
        || offsets.length < (long) planes * down
        || lengths.length < (long) planes * down) {
      return this;
    }
    for (int i = 0; i < planes * down; i++) {
      if (lengths[i] < (i % down == down - 1 ? last : whole)) {
        return this;
      }
    }
    int rows = MOST_ROWS;
    while (down > 1 && height % rows != 0) {
      rows--;
    }
    int count = (pictureHeight + rows - 1) / rows;
    long[] starts = new long[Math.multiplyExact(planes, count)];
    for (int i = 0; i < starts.length; i++) {
      int first = i % count * rows;
      starts[i] = offsets[i / count * down + first / height] + (long) (first % height) * rowBytes;
    }
    long[] bytes = new long[starts.length];
    Arrays.fill(bytes, (long) rows * rowBytes);
    return new TiffStrips(rows, starts, bytes);
  }
}
