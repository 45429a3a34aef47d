package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thumbnailer.devservices.images.TestImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.microshed.testing.ManuallyStartedConfiguration;
import org.microshed.testing.jupiter.MicroShedTest;

/** Runs the script {@code thumbnailer} from a shell against real servers. */
@MicroShedTest
class CliIT {
  private static final Path SCRIPT =
      Path.of(System.getProperty("thumbnailer.project", "..")).resolve("thumbnailer");
  private static final long LIMIT_SECONDS = 180;
  private static String server;

  @TempDir Path directory;

  @BeforeAll
  static void find() {
    server = ManuallyStartedConfiguration.getRuntimeURL();
  }

  private record Run(int exitCode, List<JsonNode> results, String err) {}

  private record Execution(int exitCode, List<String> out, String err) {}

  @Test
  void filesBecomeThumbnailsInADirectory() throws Exception {
    Path first = file("first.jpg", TestImages.encoded(800, 600, "jpeg"));
    Path second = file("Zweites Bild \u00fc.png", TestImages.encoded(300, 400, "png"));
    Path out = directory.resolve("out");
    Run run = run("upload", first, second, "--rendition", "small,medium", "--out", out);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.results())
        .hasSize(2)
        .allSatisfy(
            result -> {
              assertThat(result.at("/job/status").asText()).isEqualTo("DONE");
              assertThat(result.get("saved").size()).isEqualTo(2);
              for (JsonNode saved : result.get("saved")) {
                assertThat(ImageIO.read(Path.of(saved.asText()).toFile())).isNotNull();
              }
            });
    BufferedImage small = ImageIO.read(out.resolve("first-small.jpg").toFile());
    assertThat(List.of(small.getWidth(), small.getHeight())).containsExactly(128, 96);
    try (var files = Files.list(out)) {
      assertThat(files).hasSize(4);
    }

    String id = run.results().get(0).at("/job/id").asText();
    Run status = run("status", id);
    assertThat(status.exitCode()).isZero();
    assertThat(status.results().get(0).get("status").asText()).isEqualTo("DONE");
  }

  @Test
  void aRefusedFileIsReportedAndTheOthersContinue() throws Exception {
    Path text = file("notes.jpg", "just text".getBytes(StandardCharsets.UTF_8));
    Path photo = file("photo.jpg", TestImages.encoded(200, 100, "jpeg"));
    Run run = run("upload", text, photo, "--wait");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.results())
        .anySatisfy(r -> assertThat(r.at("/problem/code").asText()).isEqualTo("unsupported-type"))
        .anySatisfy(r -> assertThat(r.at("/job/status").asText()).isEqualTo("DONE"));
  }

  @Test
  void watchFollowsTheEventsOfTheServer() throws Exception {
    Run upload = run("upload", file("photo.jpg", TestImages.encoded(200, 100, "jpeg")));
    String id = upload.results().get(0).at("/job/id").asText();
    Execution watch = execute(List.of("watch", id));
    assertThat(watch.exitCode()).as(watch.err()).isZero();
    assertThat(String.join("\n", watch.out())).contains(id, "DONE");
    assertThat(watch.err()).as("nothing is said of polling").isEmpty();
  }

  @Test
  void anUnknownJobIsAFailure() throws Exception {
    Run run = run("status", "019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.results().get(0).at("/problem/code").asText()).isEqualTo("not-found");
  }

  @Test
  void deadLettersAreListedReplayedAndDeleted() throws Exception {
    byte[] broken = TestImages.encoded(800, 600, "png");
    Arrays.fill(broken, 50, broken.length - 12, (byte) 0xFF);
    Run upload = run("upload", file("broken.png", broken), "--wait");
    assertThat(upload.exitCode()).isEqualTo(1);
    String id = upload.results().get(0).at("/job/id").asText();

    Run refused = run("dead-letters", "list");
    assertThat(refused.exitCode()).as("without the admin key").isEqualTo(4);

    Run list = run("dead-letters", "list", "--api-key", Deployment.ADMIN_KEY);
    assertThat(list.exitCode()).as(list.err()).isZero();
    assertThat(list.results())
        .filteredOn(letter -> letter.get("id").asText().equals(id))
        .singleElement()
        .satisfies(letter -> assertThat(letter.get("code").asText()).isEqualTo("unreadable-image"));

    Run replay = run("dead-letters", "replay", id, "--api-key", Deployment.ADMIN_KEY);
    assertThat(replay.exitCode()).as(replay.err()).isZero();
    new ThumbnailerClient(URI.create(server)).awaitEnd(id);

    Run delete = run("dead-letters", "delete", id, "--api-key", Deployment.ADMIN_KEY);
    assertThat(delete.exitCode()).as(delete.err()).isZero();
    assertThat(run("status", id).exitCode()).isEqualTo(1);
    assertThat(run("dead-letters", "delete", id, "--api-key", Deployment.ADMIN_KEY).exitCode())
        .as("it is gone")
        .isEqualTo(1);
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private Run run(Object... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    words.add("--json");
    Execution execution = execute(words);
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> results = new ArrayList<>();
    for (String line : execution.out()) {
      results.add(json.readTree(line));
    }
    return new Run(execution.exitCode(), results, execution.err());
  }

  private Execution execute(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toAbsolutePath().toString()));
    command.addAll(arguments);
    Path out = Files.createTempFile(directory, "out", null);
    Path err = Files.createTempFile(directory, "err", null);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "THUMBNAILER_SERVER",
                server,
                "JAVA_HOME",
                System.getProperty("java.home"),
                "LC_ALL",
                "C.UTF-8"));
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Execution(process.exitValue(), Files.readAllLines(out), Files.readString(err));
  }
}
