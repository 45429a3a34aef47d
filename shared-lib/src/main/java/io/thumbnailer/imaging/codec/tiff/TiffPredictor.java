package io.thumbnailer.imaging.codec.tiff;

/** Reverses the prediction along a row (TIFF 6.0, section 14; Adobe Technical Note 3). */
final class TiffPredictor {
  private TiffPredictor() {}

  /**
   * Reverses the prediction in place.
   *
   * @param predictor 2 for differences of samples, 3 for differences of the bytes of numbers
   * @param step number of samples in a pixel
   */
  static void undo(int predictor, byte[] data, int from, int bytes, int step, TiffSamples samples) {
    if (predictor == 2 && samples.bits() % 8 == 0) {
      differences(data, from, bytes, step, samples);
    } else if (predictor == 3 && samples.bits() % 8 == 0) {
      floating(data, from, bytes, step, samples);
    }
  }

  private static void differences(byte[] data, int from, int bytes, int step, TiffSamples samples) {
    int size = samples.bits() / 8;
    int pixel = step * size;
    for (int i = from + pixel; i + size <= from + bytes; i += size) {
      int carry = 0;
      for (int b = 0; b < size; b++) {
        int at = samples.littleEndian() ? i + b : i + size - 1 - b;
        int sum = (data[at] & 0xFF) + (data[at - pixel] & 0xFF) + carry;
        data[at] = (byte) sum;
        carry = sum >> 8;
      }
    }
  }

  /**
   * Reverses floating-point prediction, where the bytes of all numbers are sorted by significance,
   * the highest first.
   */
  private static void floating(byte[] data, int from, int bytes, int step, TiffSamples samples) {
    int size = samples.bits() / 8;
    for (int i = from + step; i < from + bytes; i++) {
      data[i] += data[i - step];
    }
    int count = bytes / size;
    byte[] sorted = java.util.Arrays.copyOfRange(data, from, from + bytes);
    for (int i = 0; i < count; i++) {
      for (int b = 0; b < size; b++) {
        int to = samples.littleEndian() ? size - 1 - b : b;
        data[from + i * size + to] = sorted[b * count + i];
      }
    }
  }
}
