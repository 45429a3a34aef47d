package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.systemtests.TraceReceiver.Received;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of both servers, as a collector receives them once they are turned on. */
class TracesIT {
  private static final Duration EXPORT_LIMIT = Duration.ofSeconds(60);
  private static final String CALLER = "00f067aa0ba902b7";
  private static final String NAME = "anna-mueller.png";

  @TempDir static Path directory;
  private static TraceReceiver receiver;
  private static Deployment deployment;
  private static ThumbnailerClient client;

  @BeforeAll
  static void start() throws IOException {
    receiver = TraceReceiver.start();
    deployment = Deployment.start(directory);
    LibertyServer ingest = launch(ServerRole.INGEST);
    LibertyServer worker = launch(ServerRole.WORKER);
    ingest.awaitReady(Deployment.START_LIMIT);
    worker.awaitReady(Deployment.START_LIMIT);
    client = new ThumbnailerClient(ingest.uri());
  }

  private static LibertyServer launch(ServerRole role) {
    return deployment.launchServer(
        role,
        Map.of(
            "OTEL_SDK_DISABLED", "false",
            "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint().toString(),
            "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
            "OTEL_SERVICE_NAME", "thumbnailer-" + role.serverName(),
            "OTEL_METRICS_EXPORTER", "none",
            "OTEL_LOGS_EXPORTER", "none",
            "OTEL_BSP_SCHEDULE_DELAY", "200"));
  }

  @AfterAll
  static void stop() {
    deployment.close();
    receiver.close();
  }

  @Test
  void oneTraceShowsTheUploadTheWaitTheRenderingAndTheStore() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    String job = upload(trace, TestImages.encoded(800, 600, "jpeg"));
    client.awaitDone(job);
    awaitSpans(trace, "POST /upload", 1);
    awaitSpans(trace, "process jobs", 1);

    Received upload = span(trace, "POST /upload");
    assertThat(upload.service()).isEqualTo("thumbnailer-ingest");
    assertThat(upload.parentId()).as("the caller's span").isEqualTo(CALLER);
    Received send = span(trace, "send jobs");
    assertThat(send.parentId()).isEqualTo(upload.id());
    Received process = span(trace, "process jobs");
    assertThat(process.service()).isEqualTo("thumbnailer-worker");
    assertThat(process.parentId()).isEqualTo(send.id());
    assertThat(span(trace, "wait").parentId()).isEqualTo(send.id());
    for (String stage : List.of("download", "render", "store")) {
      assertThat(span(trace, stage).parentId()).as(stage).isEqualTo(process.id());
    }
    String render = span(trace, "render").id();
    assertThat(span(trace, "decode").parentId()).isEqualTo(render);
    assertThat(spans(trace, "encode"))
        .hasSize(3)
        .allMatch(encode -> encode.parentId().equals(render));
    assertThat(process.span().getAttributesList().toString()).contains(job);
    assertThat(receiver.all().toString()).doesNotContain("anna", "photos");
    assertThat(receiver.otherPaths()).as("neither metrics nor logs").isEmpty();
  }

  @Test
  void aReplayedJobStaysInTheTraceOfItsUpload() {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    byte[] png = TestImages.encoded(640, 480, "png");
    String job = upload(trace, Arrays.copyOf(png, 60));
    assertThat(client.awaitEnd(job).get("status").asText()).isEqualTo("FAILED");
    awaitSpans(trace, "process jobs", 1);
    assertThat(deployment.objects().head("uploads/" + job).orElseThrow().metadata())
        .as("should Redis lose the job")
        .containsEntry(
            "traceparent", "00-" + trace + "-" + span(trace, "POST /upload").id() + "-01");
    assertThat(
            client
                .send(
                    client
                        .request("admin/dead-letters/" + job + "/replay")
                        .header("X-API-Key", Deployment.ADMIN_KEY)
                        .POST(BodyPublishers.noBody()))
                .statusCode())
        .isLessThan(300);
    awaitSpans(trace, "process jobs", 2);
    String send = span(trace, "send jobs").id();
    assertThat(spans(trace, "process jobs"))
        .allMatch(attempt -> attempt.parentId().equals(send))
        .allMatch(attempt -> attempt.span().getStatus().getCodeValue() == 2, "an error");
    assertThat(receiver.all().toString()).doesNotContain("anna");
  }

  private static String upload(String trace, byte[] image) {
    return client
        .accepted(
            client.post(
                new MultipartForm().file(NAME, image),
                "traceparent",
                "00-" + trace + "-" + CALLER + "-01"))
        .get(0)
        .get("id")
        .asText();
  }

  private static void awaitSpans(String trace, String name, int count) {
    await(count + " spans " + name)
        .atMost(EXPORT_LIMIT)
        .until(() -> spans(trace, name).size() >= count);
  }

  private static List<Received> spans(String trace, String name) {
    return receiver.trace(trace).stream()
        .filter(span -> span.span().getName().equals(name))
        .toList();
  }

  private static Received span(String trace, String name) {
    List<Received> found = spans(trace, name);
    assertThat(found)
        .as(
            "%s among %s",
            name, receiver.trace(trace).stream().map(span -> span.span().getName()).toList())
        .hasSize(1);
    return found.get(0);
  }
}
