package io.thumbnailer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadCommandTest {
  @TempDir Path directory;
  private Path photo;

  @BeforeEach
  void makeFile() throws IOException {
    photo = Files.writeString(directory.resolve("photo.jpg"), "the content");
  }

  @Test
  void aBusyServerGetsTheWholeFileAgainWithTheSameIdempotencyKey() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            (exchange, number) -> {
              exchange.getResponseHeaders().set("Retry-After", "0");
              int status = number == 1 ? 503 : number == 2 ? 429 : 202;
              ScriptedServer.answer(exchange, status, ScriptedServer.ACCEPTED);
            })) {
      Run run =
          Run.of(
              "upload",
              photo,
              "--server",
              server.address(),
              "--priority",
              "low",
              "--webhook",
              "https://hooks.example.com/a?b=c");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains(ScriptedServer.ID);
      assertThat(server.requests()).hasSize(3);
      assertThat(server.requests())
          .allSatisfy(
              request -> {
                assertThat(request.body())
                    .contains("the content", "name=\"priority\"", "\r\nlow")
                    .contains("name=\"webhook\"\r\n\r\nhttps://hooks.example.com/a?b=c\r\n");
                assertThat(request.idempotencyKey())
                    .isNotBlank()
                    .isEqualTo(server.requests().get(0).idempotencyKey());
              });
    }
  }

  @Test
  void uploadsToAServerThatStaysBusyEventuallyFail() throws IOException {
    try (ScriptedServer server = always(503, "{\"code\":\"queue-full\",\"status\":503}", "0")) {
      Run run = Run.of("upload", photo, "--server", server.address(), "--retries", "2");
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err()).contains("queue-full");
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void aServerWithATooLongRetryAfterIsNotWaitedFor() throws IOException {
    try (ScriptedServer server = always(429, "{\"code\":\"rate-limited\"}", "86400")) {
      assertThat(Run.of("upload", photo, "--server", server.address()).exitCode()).isEqualTo(3);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aFileLargerThanTheHeapIsStreamed() throws IOException {
    long size = Runtime.getRuntime().maxMemory() + (64 << 20);
    Path large = directory.resolve("large.tif");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(size); // sparse: takes no room on the disk
    }
    try (ScriptedServer server = always(202, ScriptedServer.ACCEPTED, "0")) {
      Run run = Run.of("upload", large, "--server", server.address());
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(server.requests().get(0).bodyBytes()).isGreaterThan(size);
    }
  }

  @Test
  void onlyWholeThumbnailsAppearUnderTheirName() throws IOException {
    try (ScriptedServer server = thumbnail("small", 100, "too short")) {
      Run run = Run.of("upload", photo, "--server", server.address(), "--out", out());
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(saved()).isEmpty();
    }
    try (ScriptedServer server = thumbnail("small", 3, "longer than said")) {
      Run run = Run.of("upload", photo, "--server", server.address(), "--out", out());
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(saved()).isEmpty();
    }
    try (ScriptedServer server = thumbnail("small", 5, "right")) {
      Run run = Run.of("upload", photo, "--server", server.address(), "--out", out());
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(saved()).containsExactly("photo-small.jpg");
    }
  }

  @Test
  void namesFromTheServerCannotEscapeTheDirectory() throws IOException {
    try (ScriptedServer server = thumbnail("../../evil", 5, "right")) {
      Run run = Run.of("upload", photo, "--server", server.address(), "--out", out());
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(saved()).isEmpty();
      assertThat(directory.resolve("evil.jpg")).doesNotExist();
    }
  }

  @Test
  void aRedirectIsFollowedWithoutTheKey() throws IOException {
    try (ScriptedServer storage = always(200, "right", "0");
        ScriptedServer server =
            new ScriptedServer(
                (exchange, number) -> {
                  String path = exchange.getRequestURI().getPath();
                  if (path.startsWith("/thumbnails")) {
                    exchange.getResponseHeaders().set("Location", storage.address() + "/signed");
                    ScriptedServer.answer(exchange, 302, "");
                  } else if (path.equals("/upload")) {
                    ScriptedServer.answer(exchange, 202, ScriptedServer.ACCEPTED);
                  } else {
                    ScriptedServer.answer(exchange, 200, ScriptedServer.done("small", 5));
                  }
                })) {
      Run run =
          Run.of(
              "upload", photo, "--server", server.address(), "--out", out(), "--api-key", "secret");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(saved()).containsExactly("photo-small.jpg");
      assertThat(server.requests()).allMatch(request -> "secret".equals(request.apiKey()));
      assertThat(storage.requests()).singleElement().matches(request -> request.apiKey() == null);
    }
  }

  @Test
  void controlSequencesFromTheServerNeverReachTheTerminal() throws IOException {
    String hostile = "{\"code\":\"x\\u001b]0;pwned\\u0007\",\"detail\":\"\\u009b2J\\u202egpj\"}";
    try (ScriptedServer server = always(400, hostile, "0")) {
      for (String json : List.of("--json", "--no-progress")) {
        Run run = Run.of("upload", photo, "--server", server.address(), json);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out() + run.err())
            .isNotBlank()
            .doesNotContain("\u001b", "\u0007", "\u009b", "\u202e");
      }
    }
  }

  @Test
  void theExitCodeIsThatOfTheMostSeriousFailure() throws IOException {
    Path missing = directory.resolve("missing.jpg");
    try (ScriptedServer server = always(202, ScriptedServer.ACCEPTED, "0")) {
      Run run = Run.of("upload", photo, missing, "--server", server.address(), "--json");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out().lines()).hasSize(2).anyMatch(line -> line.contains("unreadable-file"));
    }
    try (ScriptedServer server = always(401, "{\"code\":\"unauthorized\"}", "0")) {
      assertThat(Run.of("upload", photo, missing, "--server", server.address()).exitCode())
          .isEqualTo(4);
    }
    try (ScriptedServer server = always(200, "<html>a portal</html>", "0")) {
      assertThat(Run.of("upload", photo, "--server", server.address()).exitCode()).isEqualTo(3);
    }
    ScriptedServer gone = always(200, "", "0");
    gone.close();
    assertThat(Run.of("upload", photo, "--server", gone.address()).exitCode()).isEqualTo(3);
  }

  @Test
  void waitingForAJobThatDoesNotEndTimesOut() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            (exchange, number) ->
                ScriptedServer.answer(
                    exchange,
                    number == 1 ? 202 : 200,
                    number == 1 ? ScriptedServer.ACCEPTED : "{\"status\":\"PROCESSING\"}"))) {
      Run run = Run.of("upload", photo, "--server", server.address(), "--wait", "--timeout", "1");
      assertThat(run.exitCode()).isEqualTo(5);
    }
  }

  @Test
  void wrongArgumentsSendNothing() throws IOException {
    Path other = Files.createDirectories(directory.resolve("other"));
    Path twin = Files.writeString(other.resolve("PHOTO.jpg"), "x");
    try (ScriptedServer server = always(202, ScriptedServer.ACCEPTED, "0")) {
      for (List<Object> wrong :
          List.<List<Object>>of(
              List.of("upload"),
              List.of("upload", photo, "--priority", "urgent"),
              List.of("upload", photo, "--parallel", "0"),
              List.of("upload", photo, "--webhook", "file:///etc/passwd"),
              List.of("upload", photo, "--webhook", "not an address"),
              List.of("upload", photo, twin, "--out", out()),
              List.of("upload", photo, "--api-key", "two\nlines"),
              List.of("upload", photo, "--name", "a/b"),
              List.of("upload", photo, "--out", photo),
              List.of("upload", other.resolve("none"), other, "--out", out(), "--timeout", "0"),
              List.of("status", "../admin"),
              List.of("watch", "../admin"),
              List.of("download", ScriptedServer.ID, "--out", "-"),
              List.of("list", "--limit", "0"),
              List.of("list", "--status", "lost"),
              List.of("dead-letters", "replay"))) {
        Run run =
            Run.of(
                Stream.concat(wrong.stream(), Stream.of("--server", server.address()))
                    .toArray(Object[]::new));
        assertThat(run.exitCode()).as(wrong.toString()).isEqualTo(2);
        assertThat(run.err().lines()).as(run.err()).hasSize(2);
      }
      assertThat(Run.of("upload", photo, "--server", "ftp://x/").exitCode()).isEqualTo(2);
      assertThat(server.requests()).isEmpty();
    }
  }

  private static ScriptedServer always(int status, String body, String retryAfter)
      throws IOException {
    return new ScriptedServer(
        (exchange, number) -> {
          exchange.getResponseHeaders().set("Retry-After", retryAfter);
          ScriptedServer.answer(exchange, status, body);
        });
  }

  private static ScriptedServer thumbnail(String rendition, long bytes, String content)
      throws IOException {
    return new ScriptedServer(
        (exchange, number) -> {
          String path = exchange.getRequestURI().getPath();
          if (path.equals("/upload")) {
            ScriptedServer.answer(exchange, 202, ScriptedServer.ACCEPTED);
          } else if (path.startsWith("/jobs/")) {
            ScriptedServer.answer(exchange, 200, ScriptedServer.done(rendition, bytes));
          } else {
            ScriptedServer.answer(exchange, 200, content);
          }
        });
  }

  private Path out() {
    return directory.resolve("out");
  }

  private List<String> saved() throws IOException {
    if (!Files.exists(out())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(out())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
