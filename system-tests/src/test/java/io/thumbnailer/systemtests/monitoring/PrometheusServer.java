package io.thumbnailer.systemtests.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.systemtests.ThumbnailerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A Prometheus on a free port that scrapes every two seconds, with the labels that the cluster's
 * configuration gives: the kind of server as the job, and the namespace.
 */
final class PrometheusServer implements AutoCloseable {
  private final LocalProgram program;
  private final ThumbnailerClient api;

  private PrometheusServer(LocalProgram program, int port) {
    this.program = program;
    this.api = new ThumbnailerClient(URI.create("http://127.0.0.1:" + port + "/"));
  }

  /**
   * Starts it, without waiting for the first scrape.
   *
   * @param directory for its data, configuration and log
   * @param rules the file of its rules
   * @param targets host and port of the servers of each job
   */
  static PrometheusServer start(
      Path program, Path directory, Path rules, Map<String, List<String>> targets) {
    int port = LocalPort.free();
    try {
      Path config = directory.resolve("prometheus.yml");
      Files.writeString(config, configuration(rules, targets));
      return new PrometheusServer(
          LocalProgram.start(
              program,
              directory.resolve("prometheus.log"),
              "--config.file=" + config,
              "--storage.tsdb.path=" + directory.resolve("prometheus-data"),
              "--web.listen-address=127.0.0.1:" + port),
          port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The values of an expression that gives a vector, now; empty if there is none. */
  List<Double> query(String expression) {
    HttpResponse<String> answer =
        api.get("api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).as("%s: %s", expression, answer.body()).isEqualTo(200);
    JsonNode result = api.body(answer).at("/data/result");
    return StreamSupport.stream(result.spliterator(), false)
        .map(
            sample -> Double.parseDouble(sample.at("/value/1").asText().replace("Inf", "Infinity")))
        .toList();
  }

  @Override
  public void close() {
    program.close();
  }

  private static String configuration(Path rules, Map<String, List<String>> targets) {
    String jobs =
        targets.entrySet().stream()
            .map(
                job ->
                    """
                    - job_name: %s
                      static_configs: [{targets: ["%s"], labels: {namespace: thumbnailer}}]
                    """
                        .formatted(job.getKey(), String.join("\", \"", job.getValue())))
            .collect(Collectors.joining());
    return """
        global: {scrape_interval: 2s, scrape_timeout: 2s, evaluation_interval: 1s}
        rule_files: ["%s"]
        scrape_configs:
        %s"""
        .formatted(rules, jobs);
  }
}
