package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.devservices.images.TestImages;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The probes, metrics and API description of both servers. */
class ProbesAndMetricsIT {
  private static ThumbnailerClient client;
  private static ThumbnailerClient ingest;
  private static ThumbnailerClient worker;

  @BeforeAll
  static void connect() {

    client = new ThumbnailerClient(SharedDeployment.get().ingest().uri());
    ingest = new ThumbnailerClient(SharedDeployment.get().ingest().management());
    worker = new ThumbnailerClient(SharedDeployment.get().worker().management());
    client.awaitDone(client.upload("a.jpg", TestImages.encoded(320, 200, "jpeg")));
  }

  static Stream<Arguments> probes() {
    return Stream.of("health/started", "health/ready", "health/live")
        .flatMap(path -> Stream.of(Arguments.of("ingest", path), Arguments.of("worker", path)));
  }

  @ParameterizedTest
  @MethodSource("probes")
  void everyProbeIsUp(String server, String path) {
    HttpResponse<String> answer = of(server).get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode checks = of(server).body(answer).get("checks");
    assertThat(checks.size()).isPositive();
    assertThat(checks.get(0).get("name").asText()).startsWith(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "thumbnailer_queue_backlog{",
        "thumbnailer_queue_in_flight{",
        "thumbnailer_queue_oldest_age_seconds{",
        "thumbnailer_queue_delayed{",
        "thumbnailer_queue_dead_letters{",
        "thumbnailer_uploads_total{"
      })
  void ingestMeasuresTheQueueAndTheUploads(String metric) {
    assertThat(ingest.get("metrics").body().lines()).anyMatch(line -> line.startsWith(metric));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "thumbnailer_jobs_total{",
        "thumbnailer_job_duration_seconds_count{",
        "thumbnailer_job_wait_seconds_count{",
        "thumbnailer_stage_duration_seconds_count{",
        "thumbnailer_worker_busy{",
        "thumbnailer_worker_capacity{",
        "thumbnailer_jpeg_native{",
        "thumbnailer_heif_native{",
        "thumbnailer_jxl_native{",
        "thumbnailer_decodes_abandoned{"
      })
  void theWorkerMeasuresItsJobs(String metric) {
    assertThat(worker.get("metrics").body().lines()).anyMatch(line -> line.startsWith(metric));
  }

  @Test
  void theDescriptionNamesEveryCallWithItsErrors() {
    String description = client.get("openapi").body();
    assertThat(description)
        .contains("/upload", "/jobs/{id}", "/thumbnails/{id}/{rendition}")
        .contains("no-file", "too-large", "unsupported-type", "unreadable-image")
        .contains("too-many-pixels", "storage-unavailable", "queue-unavailable");
    assertThat(client.get("openapi/ui/").statusCode()).isEqualTo(200);
  }

  @Test
  void thePageIsServedUnderAStrictPolicy() {
    HttpResponse<String> page = client.get("");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.body()).doesNotContain("<script>", "onclick=", "style=");
  }

  @Test
  void theWorkerServesNothingOfTheApi() {
    assertThat(worker.get("upload").statusCode()).isEqualTo(404);
    assertThat(worker.get("jobs/x").statusCode()).isEqualTo(404);
  }

  private static ThumbnailerClient of(String server) {
    return server.equals("ingest") ? ingest : worker;
  }
}
