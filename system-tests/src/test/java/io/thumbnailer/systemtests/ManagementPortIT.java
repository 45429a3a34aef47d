package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes and metrics are on ingest's management port and the API on its public port, only. */
class ManagementPortIT {
  private static URI published;
  private static URI management;

  @BeforeAll
  static void connect() {
    published = SharedDeployment.get().ingest().uri();
    management = SharedDeployment.get().ingest().management();
  }

  @ParameterizedTest
  @ValueSource(strings = {"health", "health/", "metrics", "metrics/", "metrics?scope=base"})
  void thePublicPortHasNeitherProbesNorMetrics(String path) {
    ThumbnailerClient client = new ThumbnailerClient(published);
    HttpResponse<String> answer = client.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    assertThat(client.body(answer).get("code").asText()).isEqualTo("not-found");
    assertThat(new ThumbnailerClient(management).get(path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"health/started", "health/ready", "health/live"})
  void thePublicPortReportsOnlyThatTheServerResponds(String path) {
    HttpResponse<String> answer = new ThumbnailerClient(published).get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(new ThumbnailerClient(management).get(path).body()).contains("checks");
  }

  /** Liberty chooses applications by the port in the request, which a client can forge. */
  @ParameterizedTest
  @ValueSource(strings = {"health/ready", "metrics"})
  void theHostHeaderCannotReachTheProbesThroughThePublicPort(String path) throws IOException {
    String inside = "localhost:" + management.getPort();
    String refused = get(published, path, "Host: " + inside);
    assertThat(refused).startsWith("HTTP/1.1 404").doesNotContain("checks", "# TYPE");
    String trusting = "Host: localhost\r\n$WSSN: localhost\r\n$WSSP: " + management.getPort();
    assertThat(get(published, path, trusting))
        .startsWith("HTTP/1.1 ")
        .doesNotContain("checks", "# TYPE");
    assertThat(get(management, path, "Host: " + inside)).startsWith("HTTP/1.1 200");
  }

  /** The port as stated by a load balancer, a tunnel and a port-forward. */
  @ParameterizedTest
  @ValueSource(strings = {"", ":80", ":443", ":12345"})
  void thePublicPortAcceptsAnyPortInTheHostHeader(String port) throws IOException {
    assertThat(get(published, "", "Host: photos.example" + port)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "upload", "jobs/x", "openapi"})
  void theManagementPortDoesNotServeTheApi(String path) throws IOException {
    for (int port : new int[] {published.getPort(), management.getPort(), 12345}) {
      assertThat(get(management, path, "Host: localhost:" + port))
          .startsWith("HTTP/1.1 404")
          .doesNotContainIgnoringCase("liberty", "context root");
    }
  }

  private static String get(URI server, String path, String headers) throws IOException {
    String request = "GET /%s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n".formatted(path, headers);
    try (RawConnection connection = RawConnection.open(server)) {
      return connection
          .send(request.getBytes(StandardCharsets.US_ASCII))
          .readToEnd(Duration.ofSeconds(90));
    }
  }
}
