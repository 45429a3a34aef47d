package io.thumbnailer.scalinglab.upload;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** Generated images of several sizes, each with its share; the same for the same seed. */
public final class ImageMix {
  private static final Pattern PART = Pattern.compile("(\\d{1,5})x(\\d{1,5})(\\.png)?:(\\d{1,4})");
  private static final int VARIANTS = 2;
  private static final long MOST_PIXELS = 50_000_000;

  private final List<List<TestImage>> sizes;
  private final List<Integer> weights;
  private final int total;

  private ImageMix(List<List<TestImage>> sizes, List<Integer> weights) {
    this.sizes = sizes;
    this.weights = weights;
    this.total = weights.stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Generates the images.
   *
   * @param text sizes with their weights, such as {@code 1280x960:3,4000x3000:1}; JPEG, or PNG as
   *     in {@code 1280x960.png:3}
   * @throws IllegalArgumentException if it is malformed
   */
  public static ImageMix parse(String text) {
    List<List<TestImage>> sizes = new ArrayList<>();
    List<Integer> weights = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = PART.matcher(part.trim());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "\"" + part + "\" is not a size with a weight such as 1280x960:3");
      }
      int width = Integer.parseInt(matcher.group(1));
      int height = Integer.parseInt(matcher.group(2));
      int weight = Integer.parseInt(matcher.group(4));
      String format = matcher.group(3) == null ? "jpeg" : "png";
      if (width < 1 || height < 1 || weight < 1 || (long) width * height > MOST_PIXELS) {
        throw new IllegalArgumentException(
            part
                + ": sizes and weights must be at least 1, and an image at most 50 million pixels");
      }
      List<TestImage> variants = new ArrayList<>();
      for (int variant = 0; variant < VARIANTS; variant++) {
        String label = width + "x" + height;
        variants.add(
            new TestImage(
                label,
                "lab-" + label + "." + format,
                "image/" + format,
                new ImageBytes(encode(draw(width, height, variant, format), format))));
      }
      sizes.add(variants);
      weights.add(weight);
    }
    return new ImageMix(sizes, weights);
  }

  /** Chooses one according to the shares. */
  public TestImage draw(RandomGenerator random) {
    int place = random.nextInt(total);
    int size = 0;
    while (place >= weights.get(size)) {
      place -= weights.get(size++);
    }
    return sizes.get(size).get(random.nextInt(VARIANTS));
  }

  /**
   * Shapes, and in a JPEG also noise, so that it compresses like a photo. A PNG has none: it costs
   * a worker much more CPU than the upload, which matters where both share a machine.
   */
  private static BufferedImage draw(int width, int height, int seed, String format) {
    SplittableRandom random = new SplittableRandom(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < 400; i++) {
      graphics.setColor(
          new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256), 160));
      int side = 1 + random.nextInt(Math.max(2, width / 4));
      graphics.fillOval(random.nextInt(width), random.nextInt(height), side, side);
    }
    graphics.dispose();
    for (int y = 0; y < height && format.equals("jpeg"); y++) {
      for (int x = 0; x < width; x++) {
        int grain = random.nextInt(16);
        image.setRGB(x, y, image.getRGB(x, y) ^ (grain << 16 | grain << 8 | grain));
      }
    }
    return image;
  }

  private static byte[] encode(BufferedImage image, String format) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, format, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
