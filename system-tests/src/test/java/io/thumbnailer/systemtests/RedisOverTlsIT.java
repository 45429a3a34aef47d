package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.RedisServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis as in managed services: behind TLS, and with a password. */
class RedisOverTlsIT {
  private static final String PASSWORD = "s3cret-of-redis";

  @TempDir Path directory;

  @Test
  void aServerConnectsToRedisByTlsAndNeverLogsThePassword() throws Exception {
    Path data = Files.createDirectories(directory.resolve("secured-redis"));
    try (Deployment deployment = Deployment.start(directory);
        RedisServer redis = RedisServer.start(LocalPort.free(), data, Optional.of(PASSWORD));
        TlsTerminator tls = TlsTerminator.before(redis.port(), directory)) {
      LibertyServer ingest =
          deployment.startServer(
              ServerRole.INGEST,
              Map.of(
                  "REDIS_URL",
                  "rediss://:" + PASSWORD + "@localhost:" + tls.port() + "/0",
                  "JVM_ARGS",
                  "-Xmx256m " + tls.trustingJvmArguments()));
      ThumbnailerClient client = new ThumbnailerClient(ingest.uri());
      String id = client.upload("photo.jpg", TestImages.encoded(64, 64, "jpeg"));
      assertThat(client.job(id).get("status").asText()).isEqualTo("QUEUED");
      assertThat(ingest.log()).content().doesNotContain(PASSWORD);
    }
  }
}
