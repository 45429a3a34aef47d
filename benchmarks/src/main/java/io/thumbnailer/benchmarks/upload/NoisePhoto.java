package io.thumbnailer.benchmarks.upload;

import io.thumbnailer.devservices.images.TestImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Writes a JPEG of noise, the same each time, of nearly a given size. */
final class NoisePhoto {
  private NoisePhoto() {}

  /** Arguments: bytes, which it has within one percent, and the file. */
  public static void main(String[] arguments) throws IOException {
    int wanted = Integer.parseInt(arguments[0]);
    int width = 200;
    byte[] photo = noise(width);
    for (int i = 0; i < 5; i++) {
      width = (int) Math.round(width * Math.sqrt((double) wanted / photo.length));
      photo = noise(width);
    }
    Files.write(Path.of(arguments[1]), photo);
  }

  private static byte[] noise(int width) {
    int height = width * 3 / 4;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return TestImages.encode(image, "jpeg");
  }
}
