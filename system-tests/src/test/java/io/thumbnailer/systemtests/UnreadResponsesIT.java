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

/** Clients that send requests and read no response occupy no thread of the server. */
class UnreadResponsesIT {
  private static final int CONNECTIONS = 200;
  private static final int THREADS = 60;

  /** Their responses together are larger than the send buffer of a connection. */
  private static final int REQUESTS = 100;

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String REQUEST = "GET /js/operator-page.js HTTP/1.1\r\nHost: localhost\r\n";

  @TempDir static Path directory;

  @Test
  void othersAreServedWhileMoreClientsThanThreadsReadNothing() throws IOException {
    try (Deployment deployment = Deployment.start(directory)) {
      LibertyServer server =
          deployment.startServer(
              ServerRole.INGEST,
              Map.of(
                  "EXECUTOR_CORE_THREADS",
                  "8",
                  "EXECUTOR_MAX_THREADS",
                  Integer.toString(THREADS),
                  "HTTP_WRITE_TIMEOUT",
                  "30m")); // disconnects nobody during the test
      byte[] requests =
          ((REQUEST + "\r\n").repeat(REQUESTS - 1) + REQUEST + "Connection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII);
      List<RawConnection> unread = new ArrayList<>();
      try {
        for (int i = 0; i < CONNECTIONS; i++) {
          unread.add(RawConnection.openWithSmallWindow(server.uri()).send(requests));
        }
        await().atMost(LIMIT).until(() -> haveResponses(unread));
        assertThat(new ThumbnailerClient(server.management()).get("health/live").statusCode())
            .isEqualTo(200);
        assertThat(new ThumbnailerClient(server.uri()).get("capabilities").statusCode())
            .isEqualTo(200);
        assertThat(unread.get(0).readToEnd(LIMIT).split("HTTP/1.1 200", -1)).hasSize(REQUESTS + 1);
      } finally {
        unread.forEach(RawConnection::close);
      }
    }
  }

  private static boolean haveResponses(List<RawConnection> connections) throws IOException {
    for (RawConnection connection : connections) {
      if (!connection.hasResponse()) {
        return false;
      }
    }
    return true;
  }
}
