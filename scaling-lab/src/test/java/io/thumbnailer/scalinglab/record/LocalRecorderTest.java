package io.thumbnailer.scalinglab.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests with fake servers that have the endpoints of a worker, in states that a real one shows only
 * briefly.
 */
class LocalRecorderTest {
  private final StubWorker first = new StubWorker();
  private final StubWorker second = new StubWorker();
  private final LocalRecorder recorder =
      new LocalRecorder(List.of(first.address(), second.address()), () -> 5);

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  @Test
  void aRunningWorkerCountsAsReadyOnceItIsReady() {
    first.ready = true;
    second.ready = false;
    ClusterRow row = recorder.look(0);
    assertThat(row.running()).isEqualTo(2);
    assertThat(row.ready()).isEqualTo(1);
    assertThat(row.backlog()).isEqualTo(5);
    assertThat(row.newestReadySeconds()).as("nobody saw when it became ready").isNaN();
    second.ready = true;
    second.uptime = 12.5;
    assertThat(recorder.look(15).newestReadySeconds()).isEqualTo(12.5);
  }

  @Test
  void aWorkerThatDoesNotAnswerDoesNotRun() {
    first.ready = true;
    second.close();
    ClusterRow row = recorder.look(0);
    assertThat(row.running()).isEqualTo(1);
    assertThat(row.pending()).isEqualTo(1);
    assertThat(row.desiredReplicas()).isEqualTo(2);
  }

  @Test
  void cpuIsMeasuredSinceThePreviousSample() {
    first.cpu = 10;
    second.cpu = 20;
    assertThat(recorder.look(0).cpuCores()).isNaN();
    first.cpu = 14;
    second.cpu = 22;
    assertThat(recorder.look(10).cpuCores()).isEqualTo(0.6);
    first.cpu = 1;
    second.cpu = 25;
    assertThat(recorder.look(20).cpuCores()).as("the first is a new process").isEqualTo(0.3);
  }

  private static final class StubWorker implements AutoCloseable {
    private final HttpServer server;
    volatile boolean ready;
    volatile double uptime = 100;
    volatile double cpu;

    StubWorker() {
      try {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      server.createContext("/health/live", exchange -> answer(exchange, 200, ""));
      server.createContext("/health/ready", exchange -> answer(exchange, ready ? 200 : 503, ""));
      server.createContext(
          "/metrics",
          exchange ->
              answer(
                  exchange,
                  200,
                  "cpu_processCpuTime_seconds{mp_scope=\"base\",} %s%njvm_uptime_seconds{mp_scope=\"base\",} %s%n"
                      .formatted(cpu, uptime)));
      server.start();
    }

    private static void answer(
        com.sun.net.httpserver.HttpExchange exchange, int status, String text) throws IOException {
      try (exchange) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
      }
    }

    URI address() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
