package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that never complete their headers use only bounded resources. */
class ConnectionLimitIT {
  private static final int CONNECTIONS = 100;
  private static final Duration ANSWER = Duration.ofSeconds(90);
  private static final byte[] BEGUN =
      "GET /jobs HTTP/1.1\r\nHost: localhost\r\nX".getBytes(StandardCharsets.US_ASCII);

  @TempDir static Path directory;

  @Test
  void slowHeadersTakeConnectionsOnlyUpToALimitAndDoNotBlockProbes() throws IOException {
    try (Deployment deployment = Deployment.start(directory)) {
      LibertyServer server =
          deployment.startServer(
              ServerRole.INGEST, Map.of("HTTP_MAX_CONNECTIONS", Integer.toString(CONNECTIONS)));
      List<RawConnection> slow = new ArrayList<>();
      try {
        for (int i = 0; i < CONNECTIONS; i++) {
          slow.add(RawConnection.open(server.uri()).send(BEGUN));
        }
        try (RawConnection further = RawConnection.open(server.uri())) {
          assertThat(further.readToEnd(ANSWER)).isEmpty(); // closed
        }
        ThumbnailerClient management = new ThumbnailerClient(server.management());
        assertThat(management.get("health/live").statusCode()).isEqualTo(200);
      } finally {
        slow.forEach(RawConnection::close);
      }
      await()
          .atMost(ANSWER)
          .ignoreExceptions()
          .until(() -> new ThumbnailerClient(server.uri()).get("jobs").statusCode() == 200);
    }
  }
}
