package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus with the real rules repeatedly scrapes recorded answers of running servers
 * ({@code recorded/}) with growing counters, so that every panel must have a value.
 */
class RecordedScrapeTest {
  private static final Pattern COUNTER =
      Pattern.compile(
          "^(\\w+_(?:total|count|sum|bucket)|cpu_processCpuTime_seconds|gc_time_seconds)\\b.*");
  private static final int ENOUGH_SCRAPES = 8;

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Map<String, AtomicInteger> SCRAPES = new TreeMap<>();

  @TempDir static Path directory;
  private static HttpServer servers;
  private static Process prometheus;
  private static URI address;

  @BeforeAll
  static void start() throws Exception {
    Tool program = Tool.required("prometheus");
    servers = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    StringBuilder config =
        new StringBuilder(
            "global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}\n");
    config
        .append("rule_files: [\"")
        .append(ProjectFiles.path("kubernetes/monitoring/rules.yml"))
        .append("\"]\nscrape_configs:\n");
    for (String job : List.of("ingest", "worker", "redis")) {
      String recorded =
          ProjectFiles.read("deployment-tests/src/test/resources/recorded/" + job + ".prom");
      AtomicInteger scrapes = new AtomicInteger();
      SCRAPES.put(job, scrapes);
      servers.createContext(
          "/" + job, exchange -> answer(exchange, grown(recorded, scrapes.incrementAndGet())));
      config.append(
          """
          - job_name: %s
            metrics_path: /%s
            static_configs: [{targets: ["127.0.0.1:%d"], labels: {namespace: thumbnailer}}]
          """
              .formatted(job, job, servers.getAddress().getPort()));
    }
    servers.start();
    int port = freePort();
    address = URI.create("http://127.0.0.1:" + port + "/");
    prometheus =
        new ProcessBuilder(
                program.program().toString(),
                "--config.file=" + Files.writeString(directory.resolve("prometheus.yml"), config),
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
    awaitScrapes();
  }

  @AfterAll
  static void stop() throws Exception {
    if (prometheus != null) {
      prometheus.destroy();
      if (!prometheus.waitFor(30, TimeUnit.SECONDS)) {
        prometheus.destroyForcibly().waitFor();
      }
    }
    if (servers != null) {
      servers.stop(0);
    }
  }

  @Test
  void noPanelIsEmpty() throws Exception {
    Map<String, String> empty = new TreeMap<>();
    for (Map.Entry<String, String> query : Expressions.ofDashboards().entrySet()) {
      JsonNode result = query(query.getValue());
      if (result.isEmpty() || result.toString().contains("\"NaN\"")) {
        empty.put(query.getKey(), query.getValue() + " gives " + result);
      }
    }
    assertThat(empty).isEmpty();
  }

  @Test
  void recordingRulesGiveNumbers() throws Exception {
    for (JsonNode rule : Expressions.rules().at("/groups/0/rules")) {
      assertThat(query(rule.at("/record").asText())).as("%s", rule).isNotEmpty();
    }
  }

  /** An alert whose left side finds no series can never fire. */
  @Test
  void everyAlertUsesExistingSeries() throws Exception {
    for (JsonNode rule : Expressions.rules().at("/groups/1/rules")) {
      String expression = rule.at("/expr").asText();
      for (String metric : metrics(expression)) {
        assertThat(query(metric)).as("%s of %s", metric, rule.at("/alert").asText()).isNotEmpty();
      }
    }
  }

  @Test
  void autoscalersQueryTheBacklogThatIngestReports() throws Exception {
    double backlog = 0;
    for (String line :
        ProjectFiles.read("deployment-tests/src/test/resources/recorded/ingest.prom")
            .lines()
            .toList()) {
      if (line.startsWith("thumbnailer_queue_backlog{")) {
        backlog += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    for (String query : List.of(Expressions.ofAdapter(), Expressions.ofKeda())) {
      JsonNode result = query(query);
      assertThat(result).hasSize(1);
      assertThat(result.at("/0/value/1").asDouble()).isEqualTo(backlog);
    }
  }

  @Test
  void theDemandIsTheArrivalRateAndATenthOfTheBacklog() throws Exception {
    JsonNode demand = query(Expressions.ofAdapter("thumbnailer_demand_rate"));
    JsonNode arrivals = query("sum(rate(thumbnailer_uploads_total{outcome=\"accepted\"}[1m]))");
    assertThat(demand).hasSize(1);
    // Each scrape raises the counters, and the recorded backlog is 0.
    assertThat(arrivals.at("/0/value/1").asDouble()).isPositive();
    assertThat(demand.at("/0/value/1").asDouble())
        .isCloseTo(arrivals.at("/0/value/1").asDouble(), withinPercentage(20));
  }

  private static List<String> metrics(String expression) {
    return Pattern.compile("\\b(?:thumbnailer[:_]|http_|memory_|redis_|up\\b)[a-zA-Z_:]*")
        .matcher(expression)
        .results()
        .map(match -> match.group())
        .filter(name -> !name.startsWith("http_route") && !name.startsWith("http_response"))
        .toList();
  }

  private static JsonNode query(String expression) throws Exception {
    URI uri =
        address.resolve(
            "api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    HttpResponse<String> response =
        HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Yaml.document(response.body()).at("/data/result");
  }

  private static String grown(String recorded, int times) {
    StringBuilder text = new StringBuilder();
    for (String line : recorded.lines().toList()) {
      int blank = line.lastIndexOf(' ');
      if (COUNTER.matcher(line).matches()) {
        double value = Double.parseDouble(line.substring(blank + 1)) * times;
        text.append(line, 0, blank).append(String.format(Locale.ROOT, " %.6f%n", value));
      } else {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void awaitScrapes() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (SCRAPES.values().stream().anyMatch(count -> count.get() < ENOUGH_SCRAPES)) {
      assertThat(prometheus.isAlive() && System.nanoTime() < deadline)
          .as(
              "Prometheus scrapes; its log: %s",
              ProjectFiles.read(directory.resolve("prometheus.log")))
          .isTrue();
      Thread.sleep(200);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
