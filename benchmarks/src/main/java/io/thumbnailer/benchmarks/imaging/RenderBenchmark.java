package io.thumbnailer.benchmarks.imaging;

import io.thumbnailer.imaging.RenderedThumbnail;
import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.imaging.model.Rendition;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One JPEG from file to encoded thumbnails, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class RenderBenchmark {
  /** Renditions, separated by semicolons. */
  @Param({"128x128", "720x720", "128x128;320x320;720x720"})
  public String renditions;

  private ThumbnailRenderer renderer;
  private List<Rendition> parsed;
  private Path file;

  /** Draws the image. */
  @Setup
  public void prepare() throws IOException {
    renderer = Renderers.create();
    parsed = List.of(renditions.split(";")).stream().map(r -> Rendition.parse("r", r)).toList();
    file = Files.createTempFile("benchmark-", ".jpg");
    ImageIO.write(drawing(2725, 2225), "jpeg", file.toFile());
  }

  /** Removes it. */
  @TearDown
  public void remove() throws IOException {
    Files.delete(file);
  }

  /** The whole pipeline. */
  @Benchmark
  public List<RenderedThumbnail> render() throws Exception {
    return renderer.render(file, parsed);
  }

  private static BufferedImage drawing(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    Random random = new Random(1);
    for (int i = 0; i < 4000; i++) {
      Color from = new Color(random.nextInt(0x1000000));
      Color to = new Color(random.nextInt(0x1000000));
      int x = random.nextInt(width);
      int y = random.nextInt(height);
      graphics.setPaint(new GradientPaint(x, y, from, x + 90f, y + 60f, to));
      graphics.fillOval(x - 60, y - 60, 20 + random.nextInt(120), 20 + random.nextInt(120));
    }
    graphics.dispose();
    return image;
  }
}
