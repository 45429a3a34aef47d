package io.thumbnailer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.devservices.Ports;
import io.thumbnailer.devservices.S3Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ObjectStoreTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  @TempDir private static Path data;
  private static S3Server server;
  private static S3ObjectStore store;
  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    server = new S3Server(Ports.free(), data);
    server.start();
    server.createBucket("test");
    store =
        S3ObjectStore.open(
            new S3Settings(
                "test",
                "us-east-1",
                Optional.of(server.endpoint()),
                Optional.of(
                    new S3Settings.Credentials(
                        S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY, Optional.empty())),
                Duration.ofSeconds(5),
                10));
  }

  @AfterAll
  static void stop() {
    store.close();
    server.stop();
  }

  @Test
  void keepsBytesTypeAndMetadataOfAnyText() throws Exception {
    Map<String, String> metadata = Map.of("filename", "../../x \"<b>\" \n 🎉 ü".repeat(10));
    store.put("a/b", CONTENT, "image/png", metadata);

    ObjectInfo info = store.head("a/b").orElseThrow();
    assertThat(info.metadata()).isEqualTo(metadata);
    assertThat(info.contentType()).isEqualTo("image/png");
    assertThat(info.size()).isEqualTo(CONTENT.length);
    Path target = folder.resolve("target");
    assertThat(store.download("a/b", target)).isPresent();
    assertThat(Files.readAllBytes(target)).isEqualTo(CONTENT);
  }

  @Test
  void aMissingKeyIsEmptyAndLeavesTheTargetUntouched() throws Exception {
    Path target = Files.write(folder.resolve("target"), CONTENT);

    assertThat(store.head("missing")).isEmpty();
    assertThat(store.open("missing")).isEmpty();
    assertThat(store.download("missing", target)).isEmpty();
    store.delete("missing");
    assertThat(Files.readAllBytes(target)).isEqualTo(CONTENT);
  }

  @Test
  void listsInPages() {
    for (int i = 0; i < 25; i++) {
      store.put("list/%02d".formatted(i), CONTENT, "text/plain", Map.of());
    }

    ObjectPage first = store.list("list/", Optional.empty(), 20);
    ObjectPage second = store.list("list/", Optional.of("list/19"), 20);

    assertThat(first.objects()).hasSize(20);
    assertThat(first.truncated()).isTrue();
    assertThat(second.objects()).extracting(ObjectInfo::key).first().isEqualTo("list/20");
    assertThat(second.truncated()).isFalse();
  }

  @Test
  void aStoppedServerIsAStorageExceptionAndAStartedOneWorksAgain() {
    store.put("kept", CONTENT, "text/plain", Map.of());
    server.stop();
    assertThatThrownBy(store::checkReachable).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> store.head("kept")).isInstanceOf(StorageException.class);

    server.start();

    store.checkReachable();
    assertThat(store.head("kept")).isPresent();
  }
}
