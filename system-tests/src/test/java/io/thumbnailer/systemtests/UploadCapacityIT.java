package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More slow clients than a server accepts: its memory stays bounded, and no files are left. */
class UploadCapacityIT {
  @TempDir static Path directory;
  private static final int PERMITS = 3;
  private static final int MAX_BYTES = 1_000_000;
  private static final int MAX_DISK = 2_000_000;
  private static final Duration CLOSED_BY = Duration.ofSeconds(45);

  private static Path uploads;
  private static Deployment deployment;
  private static LibertyServer server;
  private static ThumbnailerClient client;

  /** Ids of the uploads that were answered 202. */
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();

  @BeforeAll
  static void start() {
    uploads = directory.resolve("uploads");
    deployment = Deployment.start(directory);
    server =
        deployment.startServer(
            ServerRole.INGEST,
            Map.of(
                "THUMBNAILER_UPLOAD_DIRECTORY", uploads.toString(),
                "THUMBNAILER_UPLOAD_MAX_BYTES", Integer.toString(MAX_BYTES),
                "THUMBNAILER_UPLOAD_MAX_DISK_BYTES", Integer.toString(MAX_DISK),
                "THUMBNAILER_UPLOAD_MAX_CONCURRENT", Integer.toString(PERMITS),
                "THUMBNAILER_UPLOAD_MAX_DURATION", "PT8S",
                "HTTP_READ_TIMEOUT", "4s"));
    client = new ThumbnailerClient(server.uri());
  }

  @AfterAll
  static void stop() {
    deployment.close();
  }

  /** After each test, only accepted uploads are kept, and the server's capacity is free again. */
  @AfterEach
  void nothingIsLeft() {
    await("temporary files to go").atMost(Duration.ofSeconds(30)).until(() -> files().isEmpty());
    assertThat(originals()).isEqualTo(accepted);
    List<HttpResponse<String>> after = new ArrayList<>();
    for (int i = 0; i < PERMITS + 1; i++) {
      after.add(client.post(form(MAX_BYTES / 2)));
    }
    assertThat(after).extracting(HttpResponse::statusCode).containsOnly(415);
    for (String id : accepted) {
      assertThat(client.send(client.request("jobs/" + id).DELETE()).statusCode()).isEqualTo(204);
    }
  }

  @Test
  void anUploadBeyondTheLimitGetsRetryAfter() throws IOException {
    List<RawConnection> slow = new ArrayList<>();
    for (int i = 0; i < PERMITS; i++) {
      // more than the form's reader takes at once: it looks for more before it makes a file
      slow.add(begin(form(10_000), 6_000));
    }
    awaitFiles(PERMITS);

    HttpResponse<String> answer = client.post(image());

    assertOverloaded(answer);
    slow.forEach(RawConnection::close);
    await("a permit to be free again")
        .atMost(Duration.ofSeconds(30))
        .until(() -> accept(client.post(image())));
  }

  @Test
  void temporaryFilesNeverExceedTheDiskLimit() throws IOException {
    try (RawConnection one = begin(form(900_000), 850_000);
        RawConnection other = begin(form(900_000), 850_000)) {
      await("the first two").atMost(Duration.ofSeconds(30)).until(() -> used() > 1_500_000);

      assertOverloaded(client.post(form(900_000)));
      assertOverloaded(chunked(form(900_000)));
      assertThat(used()).isLessThanOrEqualTo(MAX_DISK);
      assertThat(accept(client.post(image()))).as("a small one has room").isTrue();
      assertThat(one).isNotSameAs(other);
    }
  }

  @Test
  void aFileThatCanNeverFitIsTooLarge() {
    MultipartForm batch = new MultipartForm();
    for (int i = 0; i < 3; i++) {
      batch.file(i + ".jpg", new byte[MAX_BYTES]);
    }
    for (HttpResponse<String> answer : List.of(client.post(batch), chunked(batch))) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
    }
  }

  @Test
  void manyConcurrentUploadsAreAcceptedOrGetRetryAfter() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    for (int i = 0; i < 120; i++) {
      threads.execute(
          () -> {
            HttpResponse<String> answer = client.post(image());
            if (!accept(answer)) {
              assertOverloaded(answer);
            }
            assertThat(used()).isLessThanOrEqualTo(MAX_DISK);
          });
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
    assertThat(accepted).isNotEmpty();
  }

  @Test
  void aClientThatIsTooSlowIsCutOffWithAProblem() throws Exception {
    byte[] body = form(900_000).bytes();
    try (RawConnection slow = RawConnection.open(server.uri()).beginUpload(body.length)) {
      slow.drip(body, 10_000, Duration.ofMillis(250));
      String answer = slow.readToEnd(CLOSED_BY);
      assertTimeOut(answer);
      assertThat(answer).contains("longer than 8 s");
    }
  }

  @Test
  void aClientThatSendsByteByByteIsCutOffWithAProblem() throws Exception {
    byte[] body = form(100_000).bytes();
    try (RawConnection slow = RawConnection.open(server.uri()).beginUpload(body.length)) {
      slow.drip(body, 1, Duration.ofMillis(100));
      assertTimeOut(slow.readToEnd(CLOSED_BY));
    }
  }

  @Test
  void aClientThatFallsSilentIsCutOffWithAProblem() throws IOException {
    try (RawConnection silent = begin(form(100_000), 5000)) {
      assertTimeOut(silent.readToEnd(CLOSED_BY));
    }
  }

  @Test
  void aSlowDescriptionOfADirectUploadIsCutOffToo() throws Exception {
    byte[] head =
        "POST /uploads HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2000\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    try (RawConnection slow = RawConnection.open(server.uri()).send(head)) {
      slow.drip(" ".repeat(2000).getBytes(StandardCharsets.US_ASCII), 1, Duration.ofMillis(100));
      assertTimeOut(slow.readToEnd(CLOSED_BY));
    }
  }

  @Test
  void idleConnectionsAndIncompleteHeadersAreClosed() throws IOException {
    byte[] halfHead = "POST /upload HTTP/1.1\r\nHost: x\r\n".getBytes(StandardCharsets.US_ASCII);
    try (RawConnection mute = RawConnection.open(server.uri());
        RawConnection half = RawConnection.open(server.uri()).send(halfHead)) {
      assertThat(mute.readToEnd(CLOSED_BY)).startsWith("HTTP/1.1 408 ");
      assertThat(half.readToEnd(CLOSED_BY)).startsWith("HTTP/1.1 408 ");
    }
  }

  private static MultipartForm form(int size) {
    return new MultipartForm().file("photo.jpg", new byte[size]);
  }

  private static MultipartForm image() {
    return new MultipartForm().file("photo.png", TestImages.encoded(64, 48, "png"));
  }

  /** Sends the first bytes of a form. */
  private static RawConnection begin(MultipartForm form, int bytes) throws IOException {
    byte[] body = form.bytes();
    return RawConnection.open(server.uri())
        .beginUpload(body.length)
        .send(Arrays.copyOf(body, bytes));
  }

  /** Sends a form without saying its length first. */
  private static HttpResponse<String> chunked(MultipartForm form) {
    InputStream body =
        new SequenceInputStream(
            new ByteArrayInputStream(form.bytes()), InputStream.nullInputStream());
    return client.send(
        client
            .request("upload")
            .header("Content-Type", form.contentType())
            .POST(BodyPublishers.ofInputStream(() -> body)));
  }

  private boolean accept(HttpResponse<String> answer) {
    if (answer.statusCode() != 202) {
      return false;
    }
    accepted.add(client.accepted(answer).get(0).get("id").asText());
    return true;
  }

  private static void assertOverloaded(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(client.body(answer).get("code").asText()).isEqualTo("overloaded");
    assertThat(answer.headers().firstValue("Retry-After").map(Long::parseLong).orElseThrow())
        .isPositive();
  }

  private static void assertTimeOut(String answer) {
    assertThat(answer)
        .startsWith("HTTP/1.1 408 ")
        .contains("application/problem+json")
        .contains("\"code\":\"request-timeout\"");
  }

  private static void awaitFiles(int number) {
    await("uploads under way")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> files().size() == number);
  }

  private static long used() {
    return files().stream().mapToLong(file -> file.toFile().length()).sum();
  }

  private static List<Path> files() {
    try (Stream<Path> files = Files.list(uploads)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> originals() {
    Set<String> ids = new HashSet<>();
    deployment
        .objects()
        .list("uploads/", Optional.empty(), 1000)
        .objects()
        .forEach(object -> ids.add(object.key().substring("uploads/".length())));
    return ids;
  }
}
