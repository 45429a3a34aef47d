package io.thumbnailer.benchmarks.imaging;

import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Measures how good the estimate is by which decodes share memory: the smallest heap in which a
 * separate process can render an image of 12 megapixels, minus that for a tiny image, compared with
 * the estimate. Memory of native decoders outside the heap is not included.
 *
 * <p>Without arguments: creates the images and measures. With a file: renders it.
 */
public final class DecodeMemoryPeak {
  private static final int WIDTH = 4000;
  private static final int HEIGHT = 3000;
  private static final long MIB = 1 << 20;

  /** Larger than half of the image, so that a JPEG is decoded in full. */
  private static final List<Rendition> LARGE = List.of(Rendition.parse("large", "2100x2100,q=80"));

  private DecodeMemoryPeak() {}

  /** Measures, or renders. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
      renderer().render(Path.of(arguments[0]), LARGE);
      return;
    }
    Path directory = Files.createTempDirectory("decode-memory-");
    try {
      BufferedImage tiny = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
      Path least = write(directory, "tiny.png", "png", tiny, false);
      long base = smallestHeap(least, 4, 128);
      System.out.printf("a tiny image needs a heap of %d MiB%n", base);
      for (Path file : images(directory)) {
        long estimate = renderer().memory(file, LARGE) / MIB;
        long needed = smallestHeap(file, base, 2 * estimate + base) - base;
        System.out.printf(
            "%s\testimate %d MiB\tneeded %d MiB\t%.0f %%%n",
            file.getFileName(), estimate, needed, 100.0 * needed / estimate);
      }
    } finally {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  private static ThumbnailRenderer renderer() {
    return new ThumbnailRenderer(
        new PixelBudget(100_000_000), new DecodeMemoryBudget(4L << 30), Duration.ofMinutes(1));
  }

  /** The smallest heap in MiB, to 4 percent, with which a process renders the file. */
  private static long smallestHeap(Path file, long tooFew, long enough)
      throws IOException, InterruptedException {
    long low = tooFew;
    long high = enough;
    while (high - low > Math.max(1, high / 25)) {
      long middle = (low + high) / 2;
      if (renders(file, middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private static boolean renders(Path file, long heap) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx" + heap + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                DecodeMemoryPeak.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0;
  }

  private static List<Path> images(Path directory) throws IOException {
    BufferedImage rgb = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage rgba = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_4BYTE_ABGR);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        rgb.setRGB(x, y, (x * 255 / WIDTH) << 16 | (y * 255 / HEIGHT) << 8 | 0x40);
        rgba.setRGB(x, y, (x ^ y) << 24 | (rgb.getRGB(x, y) & 0xFFFFFF));
      }
    }
    return List.of(
        write(directory, "baseline.jpg", "jpeg", rgb, false),
        write(directory, "progressive.jpg", "jpeg", rgb, true),
        write(directory, "rgb.png", "png", rgb, false),
        write(directory, "rgba.png", "png", rgba, false),
        write(directory, "interlaced.png", "png", rgba, true),
        write(directory, "16-bit.png", "png", wide(), false),
        write(directory, "rgb.bmp", "bmp", rgb, false),
        write(directory, "rgb.tiff", "tiff", rgb, false),
        write(directory, "palette.gif", "gif", rgb, false));
  }

  private static BufferedImage wide() {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            true,
            false,
            java.awt.Transparency.TRANSLUCENT,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(WIDTH, HEIGHT);
    return new BufferedImage(model, raster, false, null);
  }

  private static Path write(
      Path directory, String name, String format, BufferedImage image, boolean progressive)
      throws IOException {
    Path file = directory.resolve(name);
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (progressive) {
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return file;
  }
}
