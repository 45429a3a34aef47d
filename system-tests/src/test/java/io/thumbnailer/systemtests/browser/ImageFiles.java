package io.thumbnailer.systemtests.browser;

import io.thumbnailer.devservices.images.TestImages;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Typical upload files, generated so that the repository contains none. */
final class ImageFiles {
  private final Path directory;

  ImageFiles(Path directory) {
    this.directory = directory;
  }

  Path write(String name, byte[] content) {
    try {
      return Files.write(directory.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hills under a sky, in the colours of a time of day: something that looks like a photo. */
  Path landscape(String name, int seed, Color above, Color below, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setPaint(new GradientPaint(0, 0, above, 0, height * 0.7f, below));
    g.fillRect(0, 0, width, height);
    Random random = new Random(seed);
    g.setColor(new Color(255, 243, 214));
    double sun = height * 0.16;
    g.fill(
        new Ellipse2D.Double(width * (0.2 + random.nextDouble() * 0.55), height * 0.28, sun, sun));
    for (int ridge = 0; ridge < 5; ridge++) {
      g.setColor(mix(below, new Color(16, 28, 46), 0.35 + ridge * 0.15));
      g.fill(ridge(random, width, height, height * (0.48 + ridge * 0.11)));
    }
    g.dispose();
    return write(name, TestImages.encode(image, "jpeg"));
  }

  private static Path2D ridge(Random random, int width, int height, double level) {
    Path2D ridge = new Path2D.Double();
    ridge.moveTo(0, height);
    double phase = random.nextDouble() * Math.PI * 2;
    double waves = 1.5 + random.nextDouble() * 2;
    for (int x = 0; x <= width; x += Math.max(1, width / 200)) {
      double along = (double) x / width;
      ridge.lineTo(
          x,
          level
              + Math.sin(along * Math.PI * waves + phase) * height * 0.09
              + Math.sin(along * Math.PI * waves * 4.7 + phase * 3) * height * 0.018);
    }
    ridge.lineTo(width, height);
    ridge.closePath();
    return ridge;
  }

  private static Color mix(Color from, Color to, double share) {
    return new Color(
        (int) (from.getRed() + (to.getRed() - from.getRed()) * share),
        (int) (from.getGreen() + (to.getGreen() - from.getGreen()) * share),
        (int) (from.getBlue() + (to.getBlue() - from.getBlue()) * share));
  }
}
