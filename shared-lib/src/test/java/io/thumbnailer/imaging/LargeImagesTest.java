package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images up to the default pixel limit are rendered in the memory of a small worker. */
class LargeImagesTest {
  private static final int WIDTH = 11_547;
  private static final int HEIGHT = 8_660;

  @TempDir private Path directory;

  @Test
  void aPngOf100MegapixelsIsRenderedInA96MegabyteHeap() throws Exception {
    try (DataOutputStream out = new DataOutputStream(file("image.png"))) {
      out.writeLong(0x89504E470D0A1A0AL);
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      try (DataOutputStream fields = new DataOutputStream(header)) {
        fields.writeInt(WIDTH);
        fields.writeInt(HEIGHT);
        fields.write(new byte[] {8, 2, 0, 0, 0});
      }
      chunk(out, "IHDR", header.toByteArray());
      chunk(out, "IDAT", pixels());
      chunk(out, "IEND", new byte[0]);
    }

    assertThat(renderedInAProcessOfItsOwn()).isEqualTo("image.png ok\n");
  }

  @Test
  void aPpmAndATiffOf100MegapixelsAreRenderedInA96MegabyteHeap() throws Exception {
    try (OutputStream out = file("image.ppm")) {
      out.write("P6 %d %d 255\n".formatted(WIDTH, HEIGHT).getBytes(StandardCharsets.US_ASCII));
      writeRows(out, false);
    }
    try (OutputStream out = file("image.tiff")) {
      out.write(TiffOfOneStrip.header(WIDTH, HEIGHT));
      writeRows(out, false);
    }

    assertThat(renderedInAProcessOfItsOwn()).isEqualTo("image.ppm ok\nimage.tiff ok\n");
  }

  @Test
  void aLargeImageLooksLikeASmallVersionOfIt() throws Exception {
    try (OutputStream out = file("large.ppm")) {
      out.write("P6 %d %d 255\n".formatted(WIDTH, 2000).getBytes(StandardCharsets.US_ASCII));
      byte[] row = new byte[3 * WIDTH];
      for (int y = 0; y < 2000; y++) {
        for (int x = 0; x < WIDTH; x++) {
          row[3 * x] = (byte) (x * 255 / WIDTH);
          row[3 * x + 1] = (byte) (y * 255 / 2000);
          row[3 * x + 2] = (byte) (255 - x * 255 / WIDTH);
        }
        out.write(row);
      }
    }

    RenderedThumbnail thumbnail =
        new ThumbnailRenderer(
                new PixelBudget(100_000_000),
                new DecodeMemoryBudget(16 << 20),
                Duration.ofMinutes(2))
            .render(directory.resolve("large.ppm"), List.of(Rendition.parse("l", "720x720,png")))
            .get(0);

    int[] cells = {32, 96, 159, 223};
    List<Integer> means = ColourGrid.of(thumbnail).means();
    for (int i = 0; i < 16; i++) {
      assertThat(means.get(3 * i)).isBetween(cells[i % 4] - 2, cells[i % 4] + 2);
      assertThat(means.get(3 * i + 1)).isBetween(cells[i / 4] - 2, cells[i / 4] + 2);
      assertThat(means.get(3 * i + 2)).isBetween(253 - cells[i % 4], 257 - cells[i % 4]);
    }
  }

  private OutputStream file(String name) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(directory.resolve(name)), 1 << 16);
  }

  private static byte[] pixels() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_SPEED), 1 << 16)) {
      writeRows(out, true);
    }
    return packed.toByteArray();
  }

  private static void writeRows(OutputStream out, boolean filtered) throws IOException {
    byte[] row = new byte[(filtered ? 1 : 0) + 3 * WIDTH];
    for (int y = 0; y < HEIGHT; y++) {
      out.write(row);
    }
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeInt((int) crc.getValue());
  }

  private String renderedInAProcessOfItsOwn() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                BombRun.class.getName(),
                "render",
                "1",
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return lines;
  }
}
