package io.thumbnailer.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.thumbnailer.webhook.WebhookSignature;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookCallerTest {
  private static final WebhookSignature SIGNATURE =
      WebhookSignature.withSecret("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "0.0.0.0"})
  void noConnectionIsMadeToAnAddressThatIsNotPublic(String host) throws IOException {
    AtomicInteger calls = new AtomicInteger();
    HttpServer server = HttpServer.create(new InetSocketAddress(0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          exchange.close();
        });
    server.start();
    try (WebhookCaller caller = caller(false, Duration.ofSeconds(20))) {
      URI address = URI.create("http://" + host + ":" + server.getAddress().getPort() + "/");
      assertThatThrownBy(() -> caller.call(address, "id", "{}"))
          .isInstanceOf(UnknownHostException.class);
      assertThat(calls).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  /** Sends single bytes, so that the socket's own time-out never expires. */
  @Test
  void aReceiverThatRespondsByteByByteIsCutOff() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        WebhookCaller caller = caller(true, Duration.ofSeconds(1))) {
      Thread drip = new Thread(() -> drip(server));
      drip.setDaemon(true);
      drip.start();
      URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      assertThatThrownBy(() -> caller.call(address, "id", "{}")).isInstanceOf(IOException.class);
    }
  }

  private static void drip(ServerSocket server) {
    try (Socket socket = server.accept();
        OutputStream out = socket.getOutputStream()) {
      out.write("HTTP/1.1 200 OK\r\nX-Drip: ".getBytes(StandardCharsets.US_ASCII));
      while (true) {
        out.write('x');
        out.flush();
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      // the other side has gone
    }
  }

  private static WebhookCaller caller(boolean privateAddresses, Duration timeout) {
    return new WebhookCaller(new CheckedResolver(privateAddresses), SIGNATURE, timeout);
  }
}
