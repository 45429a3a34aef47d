package io.thumbnailer.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.S3Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ObjectStoreTest {
  private static final String BUCKET = "photos";

  @TempDir static Path data;
  @TempDir Path directory;

  private static S3Server server;
  private static S3ObjectStore store;

  @BeforeAll
  static void start() {
    server = S3Server.start(LocalPort.free(), data, "test", "testtest");
    server.createBucket(BUCKET);
    store = S3ObjectStore.open(settings(BUCKET));
  }

  @AfterAll
  static void stop() {
    store.close();
    server.close();
  }

  @Test
  void returnsBytesTypeAndMetadata() throws IOException {
    Map<String, String> metadata =
        Map.of(
            "filename", "😀 \"Katze\"\nX-Evil: yes — 日本.png",
            "long", "é".repeat(300),
            "empty", "",
            "plain", "640x480,fit");
    Instant before = Instant.now().minusSeconds(2);
    store.put("uploads/a b/ü+%41", "bytes".getBytes(UTF_8), "image/png", metadata);

    ObjectInfo head = store.head("uploads/a b/ü+%41").orElseThrow();
    assertThat(head.metadata()).isEqualTo(metadata);
    assertThat(head.contentType()).isEqualTo("image/png");
    assertThat(head.size()).isEqualTo(5);
    assertThat(head.eTag()).isNotEmpty().doesNotContain("\"");
    assertThat(head.lastModified()).isBetween(before, Instant.now().plusSeconds(2));
    try (StoredObject opened = store.open("uploads/a b/ü+%41").orElseThrow()) {
      assertThat(opened.info()).isEqualTo(head);
      assertThat(opened.content().readAllBytes()).asString(UTF_8).isEqualTo("bytes");
    }
  }

  @Test
  void copiesFilesBothWays() throws IOException {
    Path source = Files.write(directory.resolve("source"), new byte[300_000]);
    store.put("file", source, "image/jpeg", Map.of());
    Path target = Files.writeString(directory.resolve("target"), "old");
    assertThat(store.download("file", target).orElseThrow().size()).isEqualTo(300_000);
    assertThat(target).hasSameBinaryContentAs(source);
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("source", "target");
  }

  @Test
  void replacesAnExistingObject() throws IOException {
    store.put("twice", "first".getBytes(UTF_8), "text/plain", Map.of("a", "1"));
    store.put("twice", "2".getBytes(UTF_8), "text/html", Map.of("b", "2"));
    ObjectInfo head = store.head("twice").orElseThrow();
    assertThat(head.metadata()).isEqualTo(Map.of("b", "2"));
    assertThat(head.contentType()).isEqualTo("text/html");
    assertThat(head.size()).isEqualTo(1);
  }

  @Test
  void createsAnObjectOnlyIfTheKeyIsUnused() {
    assertThat(
            store.create(
                "once", "first".getBytes(UTF_8), "text/plain", "no-cache", Map.of("a", "ü")))
        .isTrue();
    assertThat(store.create("once", "2".getBytes(UTF_8), "text/html", "no-cache", Map.of()))
        .isFalse();
    ObjectInfo head = store.head("once").orElseThrow();
    assertThat(head.size()).isEqualTo(5);
    assertThat(head.metadata()).isEqualTo(Map.of("a", "ü"));
  }

  @Test
  void keepsNoTimeOutOfAFinishedCall() {
    try (S3Clients clients = S3Clients.open(settings(BUCKET))) {
      clients.data().headBucket(request -> request.bucket(BUCKET));

      ScheduledThreadPoolExecutor timer = (ScheduledThreadPoolExecutor) clients.timer();
      assertThat(timer.getLargestPoolSize()).as("the call had a time-out").isPositive();
      assertThat(timer.getQueue()).isEmpty();
    }
  }

  @Test
  void aPresignedUrlSetsTheSignedCachingHeader() throws Exception {
    assertThat(store.create("kept", new byte[3], "image/png", "public, max-age=9", Map.of()))
        .isTrue();
    URI signed = store.presignGet("kept", "private, max-age=5, immutable", Duration.ofMinutes(1));
    HttpResponse<Void> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(signed).build(), BodyHandlers.discarding());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control"))
        .contains("private, max-age=5, immutable");
  }

  @Test
  void returnsEmptyForAMissingKey() throws IOException {
    Path target = Files.writeString(directory.resolve("target"), "old");
    assertThat(store.head("missing")).isEmpty();
    assertThat(store.open("missing")).isEmpty();
    assertThat(store.download("missing", target)).isEmpty();
    assertThat(target).hasContent("old");
    assertThat(directory.toFile().list()).containsExactly("target");
  }

  @Test
  void deletesTwice() {
    store.put("gone", new byte[1], "image/png", Map.of());
    store.delete("gone");
    store.delete("gone");
    assertThat(store.head("gone")).isEmpty();
  }

  @Test
  void listsPageByPage() {
    for (int i = 0; i < 25; i++) {
      store.put(String.format("list/%02d", i), new byte[i], "image/png", Map.of("a", "b"));
    }
    store.put("lists", new byte[1], "image/png", Map.of());
    List<Integer> sizes = new ArrayList<>();
    List<ObjectInfo> all = new ArrayList<>();
    Optional<String> last = Optional.empty();
    ObjectPage page;
    do {
      page = store.list("list/", last, 10);
      sizes.add(page.objects().size());
      all.addAll(page.objects());
      last = Optional.of(all.get(all.size() - 1).key());
    } while (page.truncated());
    assertThat(sizes).containsExactly(10, 10, 5);
    assertThat(all).extracting(ObjectInfo::key).doesNotHaveDuplicates().isSorted().hasSize(25);
    assertThat(all).extracting(ObjectInfo::size).startsWith(0L, 1L, 2L);
    assertThat(all).allMatch(object -> object.metadata().isEmpty());
    assertThat(store.list("nothing/", Optional.empty(), 10).objects()).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> store.list("", Optional.empty(), 0));
  }

  @Test
  void reportsAMissingBucket() {
    try (S3ObjectStore nowhere = S3ObjectStore.open(settings("nowhere"))) {
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(nowhere::checkReachable)
          .withMessageContaining("nowhere");
      assertThatExceptionOfType(StorageException.class).isThrownBy(() -> nowhere.open("a"));
    }
    store.checkReachable();
  }

  @Test
  void failsInTimeWhenTheServerIsDownAndRecovers() throws IOException {
    store.put("kept", new byte[7], "image/png", Map.of("a", "ä"));
    Path target = Files.writeString(directory.resolve("target"), "old");
    server.stop();
    try {
      long start = System.nanoTime();
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> store.head("kept"))
          .withMessageContaining("kept");
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> store.download("kept", target));
      assertThatExceptionOfType(StorageException.class).isThrownBy(store::checkReachable);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      assertThat(target).hasContent("old");
    } finally {
      server.restart();
    }
    assertThat(store.head("kept").orElseThrow().metadata()).containsEntry("a", "ä");
    store.checkReachable();
  }

  @Test
  void keepsTheInterruptOfItsCaller() {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(StorageException.class).isThrownBy(() -> store.head("any"));
    assertThat(Thread.interrupted()).isTrue();
  }

  private static S3Settings settings(String bucket) {
    return S3Settings.of(
            bucket,
            Optional.empty(),
            Optional.of(server.endpoint()),
            Optional.of(new S3Settings.Credentials(server.accessKey(), server.secretKey())))
        .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), 1);
  }
}
