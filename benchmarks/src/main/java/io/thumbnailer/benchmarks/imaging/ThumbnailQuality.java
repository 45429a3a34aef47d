package io.thumbnailer.benchmarks.imaging;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * How near the thumbnails of several programs are to {@link Lanczos}, for {@code
 * benchmarks/compare/run}: a line for each with its name, the program, PSNR in dB and SSIM.
 *
 * <p>Arguments: the programs' directories, separated by commas, and the jobs as {@link
 * RenderCpuTime} takes them. Only JPEG and PNG are read.
 */
public final class ThumbnailQuality {
  /** Side of the windows of SSIM, and half of it the distance between them. */
  private static final int WINDOW = 8;

  private ThumbnailQuality() {}

  /** Compares. */
  public static void main(String[] arguments) throws IOException {
    List<String> directories = List.of(arguments[0].split(",", -1));
    for (int i = 1; i < arguments.length; i++) {
      String[] job = arguments[i].split("=", 3);
      BufferedImage original = ImageIO.read(Path.of(job[1]).toFile());
      if (original == null) {
        continue; // WebP
      }
      double[][] whole = Lanczos.channels(original);
      int count = job[2].split(";", -1).length;
      for (int r = 0; r < count; r++) {
        compare(directories, job[0] + "-r" + r, whole, original.getWidth(), original.getHeight());
      }
    }
  }

  private static void compare(
      List<String> directories, String name, double[][] whole, int width, int height)
      throws IOException {
    for (String directory : directories) {
      for (String extension : List.of("jpg", "png")) {
        Path file = Path.of(directory, name + "." + extension);
        if (Files.exists(file)) {
          BufferedImage thumbnail = ImageIO.read(file.toFile());
          int w = thumbnail.getWidth();
          int h = thumbnail.getHeight();
          double[][] expected = Lanczos.shrink(whole, width, height, w, h);
          double[][] actual = Lanczos.channels(thumbnail);
          System.out.printf(
              "%s\t%s\t%.2f\t%.4f%n",
              name, directory, psnr(expected, actual), ssim(expected, actual, w, h));
        }
      }
    }
  }

  private static double psnr(double[][] expected, double[][] actual) {
    double squares = 0;
    for (int c = 0; c < Lanczos.CHANNELS - 1; c++) {
      for (int i = 0; i < expected[c].length; i++) {
        double difference = expected[c][i] - actual[c][i];
        squares += difference * difference;
      }
    }
    double most = 255.0 * 255.0 * (Lanczos.CHANNELS - 1) * expected[0].length;
    return 10 * Math.log10(most / squares);
  }

  /** Of luma, after Wang et al., "Image Quality Assessment" (2004), in square windows. */
  static double ssim(double[][] expected, double[][] actual, int width, int height) {
    double[] a = luma(expected);
    double[] b = luma(actual);
    double sum = 0;
    int windows = 0;
    for (int y = 0; y + WINDOW <= height; y += WINDOW / 2) {
      for (int x = 0; x + WINDOW <= width; x += WINDOW / 2) {
        sum += ssim(a, b, y * width + x, width);
        windows++;
      }
    }
    return sum / windows;
  }

  private static double ssim(double[] a, double[] b, int from, int width) {
    double sumA = 0;
    double sumB = 0;
    double squaresA = 0;
    double squaresB = 0;
    double products = 0;
    for (int i = 0; i < WINDOW * WINDOW; i++) {
      int at = from + i / WINDOW * width + i % WINDOW;
      sumA += a[at];
      sumB += b[at];
      squaresA += a[at] * a[at];
      squaresB += b[at] * b[at];
      products += a[at] * b[at];
    }
    double n = WINDOW * WINDOW;
    double meanA = sumA / n;
    double meanB = sumB / n;
    double covariance = products / n - meanA * meanB;
    double variances = squaresA / n - meanA * meanA + squaresB / n - meanB * meanB;
    double c1 = 0.01 * 255 * 0.01 * 255;
    double c2 = 0.03 * 255 * 0.03 * 255;
    return (2 * meanA * meanB + c1)
        * (2 * covariance + c2)
        / ((meanA * meanA + meanB * meanB + c1) * (variances + c2));
  }

  private static double[] luma(double[][] rgb) {
    double[] luma = new double[rgb[0].length];
    for (int i = 0; i < luma.length; i++) {
      luma[i] = 0.299 * rgb[0][i] + 0.587 * rgb[1][i] + 0.114 * rgb[2][i];
    }
    return luma;
  }
}
