package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event stream of a job, on separate servers: workers start when a test needs them. */
class JobEventsIT {
  @TempDir static Path directory;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Deployment deployment;
  private static LibertyServer ingest;
  private static ThumbnailerClient client;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    deployment = Deployment.start(directory);
    ingest =
        deployment.startServer(
            ServerRole.INGEST,
            Map.of("THUMBNAILER_EVENTS_HEARTBEAT", "PT1S", "THUMBNAILER_EVENTS_MAX_STREAMS", "3"));
    client = new ThumbnailerClient(ingest.uri());
  }

  @AfterAll
  static void stop() {
    deployment.close();
  }

  /** An event as a client reads it. */
  private record Event(String name, String id, JsonNode data) {
    String status() {
      return data.get("status").asText();
    }
  }

  /** Reads a stream line by line. */
  private static final class Stream implements AutoCloseable {
    private final BufferedReader lines;

    Stream(HttpResponse<InputStream> answer) {
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/event-stream");
      lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** The next event, or null at the end of the stream. */
    Event next() throws IOException {
      String name = "message";
      String id = "";
      StringBuilder data = new StringBuilder();
      for (String line; (line = lines.readLine()) != null; ) {
        if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        } else if (line.isEmpty() && data.length() > 0) {
          return new Event(name, id, JSON.readTree(data.toString()));
        }
      }
      return null;
    }

    String nextComment() throws IOException {
      String line = lines.readLine();
      while (line != null && !line.startsWith(":")) {
        line = lines.readLine();
      }
      return line;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private Stream open(String id, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(ingest.uri().resolve("jobs/" + id + "/events"))
            .timeout(Duration.ofMinutes(2));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return new Stream(http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
  }

  @Test
  void everyChangeIsOneEventAndTheStreamEndsWithTheJob() throws Exception {
    String id = client.upload("photo.png", TestImages.encoded(400, 300, "png"));
    List<Event> events = new ArrayList<>();
    try (Stream stream = open(id)) {
      events.add(stream.next());
      assertThat(events.get(0).status()).isEqualTo("QUEUED");
      LibertyServer worker = deployment.startServer(ServerRole.WORKER, Map.of());
      for (Event event; (event = stream.next()) != null; ) {
        events.add(event);
      }
      worker.stop();
    }
    assertThat(events).extracting(Event::status).containsExactly("QUEUED", "PROCESSING", "DONE");
    assertThat(events).extracting(Event::id).doesNotHaveDuplicates().allMatch(i -> !i.isEmpty());
    assertThat(events.get(2).data()).isEqualTo(client.job(id));

    try (Stream late = open(id)) {
      assertThat(late.next().status()).isEqualTo("DONE");
      assertThat(late.next()).as("then it ends").isNull();
    }
    try (Stream resumed = open(id, "Last-Event-ID", events.get(0).id())) {
      assertThat(resumed.next().status()).as("what was missed").isEqualTo("DONE");
    }
    assertThat(
            client.get("jobs/" + id + "/events", "Last-Event-ID", events.get(2).id()).statusCode())
        .as("a client that has seen the end must not come again")
        .isEqualTo(204);
  }

  @Test
  void aSilentStreamGetsHeartbeatsAndContinuesWithoutRepetition() throws Exception {
    String id = client.upload("photo.png", TestImages.encoded(40, 30, "png"));
    String seen;
    try (Stream stream = open(id)) {
      seen = stream.next().id();
      assertThat(stream.nextComment()).isNotNull();
    }
    try (Stream resumed = open(id, "Last-Event-ID", seen)) {
      assertThat(resumed.nextComment()).isNotNull();
      assertThat(client.send(client.request("jobs/" + id).DELETE()).statusCode()).isEqualTo(204);
      assertThat(resumed.next().name()).as("the first event since").isEqualTo("removed");
      assertThat(resumed.next()).isNull();
    }
  }

  @Test
  void streamsSurviveARestartOfRedis() throws Exception {
    String id = client.upload("photo.png", TestImages.encoded(40, 30, "png"));
    try (Stream stream = open(id)) {
      assertThat(stream.next().status()).isEqualTo("QUEUED");
      deployment.redis().restart();
      assertThat(stream.nextComment()).isNotNull();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> client.send(client.request("jobs/" + id).DELETE()).statusCode() == 204);
      assertThat(stream.next().name()).isEqualTo("removed");
    }
  }

  @Test
  void moreStreamsThanAreAllowedAreRefused() throws Exception {
    String id = client.upload("photo.png", TestImages.encoded(40, 30, "png"));
    List<Stream> open = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        Stream stream = open(id);
        assertThat(stream.next()).isNotNull();
        open.add(stream);
      }
      HttpResponse<String> refused = client.get("jobs/" + id + "/events");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(client.body(refused).get("code").asText()).isEqualTo("overloaded");
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    } finally {
      for (Stream stream : open) {
        stream.close();
      }
    }
    await("the places of those that left")
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              try (Stream stream = open(id)) {
                return stream.next() != null;
              } catch (AssertionError e) {
                return false;
              }
            });
  }
}
