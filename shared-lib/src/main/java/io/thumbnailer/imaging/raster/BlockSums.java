package io.thumbnailer.imaging.raster;

import java.util.ArrayList;
import java.util.List;

/**
 * Means of square blocks of samples. The rows are added in any order, so that a large image never
 * has to be in memory as a whole.
 */
final class BlockSums {
  /** The largest side of a block: the sum of its samples must fit into 16 bits. */
  static final int MOST = 16;

  private final int width;
  private final int height;
  private final int side;
  private final int across;
  private final List<short[]> sums = new ArrayList<>();

  /** The number of rows that were added to each row of blocks. */
  private final int[] added;

  /**
   * Creates sums without any rows.
   *
   * @param side of a block, 2 to 16; those at the right and lower edges may be smaller
   */
  BlockSums(int channels, int width, int height, int side) {
    if (side < 2 || side > MOST) {
      throw new IllegalArgumentException("blocks of " + side);
    }
    this.width = width;
    this.height = height;
    this.side = side;
    this.across = (width + side - 1) / side;
    this.added = new int[(height + side - 1) / side];
    for (int i = 0; i < channels; i++) {
      sums.add(new short[Math.multiplyExact(across, added.length)]);
    }
  }

  int width() {
    return across;
  }

  int height() {
    return added.length;
  }

  /** The extent of the image, in blocks. */
  double extentX() {
    return (double) width / side;
  }

  /** The extent of the image, in blocks. */
  double extentY() {
    return (double) height / side;
  }

  /** Adds a row of each channel. Each row may be added only once. */
  void add(int y, List<byte[]> row) {
    int target = y / side;
    added[target]++;
    for (int channel = 0; channel < sums.size(); channel++) {
      byte[] samples = row.get(channel);
      short[] out = sums.get(channel);
      for (int block = 0, x = 0; block < across; block++) {
        int sum = 0;
        for (int end = Math.min(width, x + side); x < end; x++) {
          sum += samples[x] & 0xFF;
        }
        out[target * across + block] += (short) sum;
      }
    }
  }

  /** Returns the means of the added rows; 0 where none was added. */
  List<byte[]> means() {
    List<byte[]> planes = new ArrayList<>();
    for (int channel = 0; channel < sums.size(); channel++) {
      short[] in = sums.set(channel, null);
      byte[] out = new byte[in.length];
      for (int y = 0; y < added.length; y++) {
        for (int x = 0; x < across; x++) {
          int count = Math.max(1, added[y] * Math.min(side, width - x * side));
          out[y * across + x] = (byte) (((in[y * across + x] & 0xFFFF) + count / 2) / count);
        }
      }
      planes.add(out);
    }
    return planes;
  }
}
