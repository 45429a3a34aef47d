package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files that could exhaust the heap, each in a process that ends if its memory does. */
class BombsTest {
  @TempDir private static Path directory;

  @BeforeAll
  static void write() throws IOException {
    for (Map.Entry<String, byte[]> file : Bombs.files().entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
  }

  @Test
  void fortyProbesOfEachAtTheSameTimeTakeLessThanTheHeapOfAPod() throws Exception {
    Map<String, String> outcomes = run("-Xmx128m", "probe", 40, directory);

    assertThat(outcomes).hasSameSizeAs(Bombs.files());
    outcomes.forEach(
        (name, outcome) -> {
          if (name.startsWith("ok-")) {
            assertThat(outcome).as(name).isEqualTo("ok");
          } else {
            // Files with few enough pixels are left to the renderer, which counts the memory.
            assertThat(outcome).as(name).isIn("ok", "too-many-pixels", "unreadable-image");
          }
        });
    for (String refused :
        List.of(
            "tables.jpeg",
            "tables-first.jpeg",
            "comments.jpeg",
            "chunks.png",
            "comments.gif",
            "comments.ppm",
            "comments.pam",
            "lines.pam",
            "deep.pam",
            "tile.tiff",
            "tall-tile.tiff",
            "samples.tiff",
            "dib.ico",
            "bits.tiff",
            "progressive.tiff",
            "nested-jpeg.bmp",
            "layers.psd",
            "nested.ico",
            "nested.icns",
            "references.avif",
            "places.avif",
            "extents.avif",
            "properties.avif",
            "deep.avif",
            "shared-jpegs.tiff")) {
      assertThat(outcomes.get(refused)).as(refused).isEqualTo("unreadable-image");
    }
    assertThat(outcomes.get("canvas.webp")).isEqualTo("too-many-pixels");
  }

  @Test
  void aWorkerRendersOrRefusesEach() throws Exception {
    Map<String, String> outcomes = run("-Xmx614m", "render", 2, directory);

    assertThat(outcomes).hasSameSizeAs(Bombs.files());
    outcomes.forEach(
        (name, outcome) -> {
          if (name.startsWith("ok-")) {
            assertThat(outcome).as(name).isEqualTo("ok");
          } else {
            assertThat(outcome)
                .as(name)
                .isIn("too-many-pixels", "unreadable-image", "truncated-image");
          }
        });
  }

  @Test
  void theWeightsOfAnImageOnePixelWideTakeNoMoreThanTheImage() throws Exception {
    Path alone = Files.createDirectory(directory.resolveSibling(directory.getFileName() + "-tall"));
    Files.write(alone.resolve("tall.png"), Bombs.tallest());

    assertThat(run("-Xmx300m", "render", 1, alone)).containsEntry("tall.png", "ok");
  }

  private static Map<String, String> run(String heap, String what, int parallel, Path files)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                BombRun.class.getName(),
                what,
                Integer.toString(parallel),
                files.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Map<String, String> outcomes = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ", 2);
        outcomes.put(parts[0], parts[1]);
      }
    }
    assertThat(process.waitFor()).as("exit status after %s", outcomes).isZero();
    return outcomes;
  }
}
