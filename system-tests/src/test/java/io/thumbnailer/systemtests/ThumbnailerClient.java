package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;

/** A user of the service over HTTP. */
public final class ThumbnailerClient {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
  private static final Duration JOB_LIMIT = Duration.ofSeconds(90);
  private static final Set<String> ENDED = Set.of("DONE", "FAILED");

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final URI server;

  /** Creates a client of the server at an address. */
  public ThumbnailerClient(URI server) {
    this.server = server;
  }

  /** Sends a form to {@code POST /upload}; {@code headers} alternates names and values. */
  public HttpResponse<String> post(MultipartForm form, String... headers) {
    HttpRequest.Builder request =
        request("upload").header("Content-Type", form.contentType()).POST(form.publisher());
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /** Uploads one file that must be accepted. Returns the job's id. */
  public String upload(String filename, byte[] content) {
    return accepted(post(new MultipartForm().file(filename, content))).get(0).get("id").asText();
  }

  /** The entries of the response to an upload, which must be 202. */
  public JsonNode accepted(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return body(answer).get("jobs");
  }

  /** Waits until a job has ended, successfully or not. Returns it. */
  public JsonNode awaitEnd(String jobId) {
    return await("the end of job " + jobId)
        .atMost(JOB_LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(() -> job(jobId), job -> ENDED.contains(job.get("status").asText()));
  }

  /** Waits until a job is done. Returns it. */
  public JsonNode awaitDone(String jobId) {
    JsonNode job = awaitEnd(jobId);
    assertThat(job.get("status").asText()).as(job.toPrettyString()).isEqualTo("DONE");
    return job;
  }

  /** A job in its current state. */
  public JsonNode job(String jobId) {
    HttpResponse<String> answer = get("jobs/" + jobId);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return body(answer);
  }

  /** Gets a path as text; {@code headers} alternates names and values. */
  public HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = request(path).GET();
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /** Gets a path as bytes. */
  public HttpResponse<byte[]> getBytes(String path) {
    try {
      return http.send(request(path).GET().build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Sends any request as text. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Begins a request to a path, with or without a leading slash. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).timeout(ANSWER_LIMIT);
  }

  /** The body of a response as JSON. */
  public JsonNode body(HttpResponse<String> answer) {
    try {
      return json.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + answer.body(), e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }
}
