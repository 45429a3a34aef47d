package io.thumbnailer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListAndDownloadTest {
  @TempDir Path directory;

  @Test
  void jobsAreListedByStatusPageByPage() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            (exchange, number) ->
                ScriptedServer.answer(
                    exchange,
                    200,
                    "{\"jobs\":[%s,%s],\"nextCursor\":\"c%d\"}"
                        .formatted(
                            ScriptedServer.done("s", 5), ScriptedServer.done("s", 5), number)))) {
      Run run =
          Run.of("list", "--status", "done,failed", "--limit", "3", "--server", server.address());
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out().lines())
          .hasSize(3)
          .allMatch(line -> line.startsWith(ScriptedServer.ID + "  DONE"));
      assertThat(server.requests())
          .extracting(ScriptedServer.Request::path)
          .containsExactly(
              "/jobs?limit=3&status=DONE%2CFAILED", "/jobs?limit=1&cursor=c1&status=DONE%2CFAILED");
    }
  }

  @Test
  void warningsOfAJobAreShown() throws IOException {
    String job =
        ScriptedServer.done("small", 5)
            .replace("\"filename\"", "\"warnings\":[\"truncated\"],\"filename\"");
    try (ScriptedServer server = thumbnails(job)) {
      Run run = Run.of("status", ScriptedServer.ID, "--server", server.address());
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("warning: truncated");
    }
  }

  @Test
  void thumbnailsAreSavedUnderTheUploadedNameWithTheModeOfTheUmask() throws IOException {
    try (ScriptedServer server = thumbnails(ScriptedServer.done("small", 5))) {
      Path out = directory.resolve("new/out");
      Run run = Run.of("download", ScriptedServer.ID, "--out", out, "--server", server.address());
      assertThat(run.exitCode()).as(run.err()).isZero();
      Path saved = out.resolve("a-small.jpg");
      assertThat(saved).hasContent("right");
      Path ordinary = Files.writeString(directory.resolve("ordinary"), "x");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved)))
          .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(ordinary)));
      assertThat(run.out()).contains("saved: " + saved);
    }
  }

  @Test
  void aJobThatHasNotEndedOrHasNoSuchRenditionIsAFailure() throws IOException {
    String running = "{\"id\":\"" + ScriptedServer.ID + "\",\"status\":\"PROCESSING\"}";
    try (ScriptedServer server = thumbnails(running)) {
      Run run = download(server, "--json");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("not-done");
    }
    try (ScriptedServer server = thumbnails(ScriptedServer.done("small", 5))) {
      Run run = download(server, "--rendition", "huge");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("no-such-rendition");
    }
  }

  @Test
  void theDetailOfAProblemDoesNotRepeatItsCode() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            (exchange, number) ->
                ScriptedServer.answer(
                    exchange, 404, "{\"code\":\"not-found\",\"detail\":\"no job\"}"))) {
      Run run = Run.of("status", ScriptedServer.ID, "--json", "--server", server.address());
      assertThat(run.out()).contains("\"problem\":{\"code\":\"not-found\",\"detail\":\"no job\"}");
    }
  }

  @Test
  void noFurtherRequestIsSentAfterTheKeyIsRefused() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            (exchange, number) ->
                ScriptedServer.answer(
                    exchange, 401, "{\"code\":\"unauthorized\",\"detail\":\"no\"}"))) {
      for (int i = 0; i < 20; i++) {
        Files.writeString(directory.resolve(i + ".jpg"), "x");
      }
      Run run = Run.of("upload", directory, "--parallel", "1", "--server", server.address());
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(server.requests()).hasSize(1);
      assertThat(run.err().lines()).hasSize(3);
      assertThat(run.err()).contains("19 not sent", "THUMBNAILER_API_KEY");
    }
  }

  private Run download(ScriptedServer server, String... options) {
    Object[] arguments = {"download", ScriptedServer.ID, "--server", server.address()};
    return Run.of(Stream.concat(Arrays.stream(arguments), Arrays.stream(options)).toArray());
  }

  private static ScriptedServer thumbnails(String job) throws IOException {
    return new ScriptedServer(
        (exchange, number) ->
            ScriptedServer.answer(
                exchange,
                200,
                exchange.getRequestURI().getPath().startsWith("/jobs/") ? job : "right"));
  }
}
