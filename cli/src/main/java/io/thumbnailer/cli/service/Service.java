package io.thumbnailer.cli.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/** The calls of the service, one method each. The server's responses are not trusted. */
public final class Service {
  /** The largest JSON response that is read, in bytes. */
  private static final int MAX_ANSWER = 8 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Requests requests;

  /** Calls one server. */
  public Service(Requests requests) {
    this.requests = requests;
  }

  /**
   * Uploads one file.
   *
   * @param filename sent with it
   * @param fields of the form, beside the file
   * @param sent receives the number of bytes sent; a repeated upload counts again
   * @return the accepted job as the server describes it, with a well-formed {@code id}
   */
  public JsonNode upload(Path file, String filename, Map<String, String> fields, LongConsumer sent)
      throws CliException, InterruptedException {
    // The same for every attempt, so that a repeated upload creates one job.
    String idempotencyKey = UUID.randomUUID().toString();
    JsonNode job =
        json(requests.send(
                () -> {
                  UploadBody body = new UploadBody(file, filename, fields);
                  return requests
                      .to("upload")
                      .header("Content-Type", body.contentType())
                      .header("Idempotency-Key", idempotencyKey)
                      .POST(new CountingPublisher(body.publisher(), sent));
                }))
            .path("jobs")
            .path(0);
    if (job.has("problem")) {
      throw refused(job.get("problem"), 422);
    }
    if (!JobIds.isValid(job.path("id").asText())) {
      throw unexpected("it contains no job");
    }
    return job;
  }

  /** Returns the current state of a job. */
  public JsonNode job(String id) throws CliException, InterruptedException {
    return json(requests.send(() -> requests.to("jobs/" + id).GET()));
  }

  /** The changes of a job; nothing is requested yet. */
  public JobEvents events(String id) {
    return new JobEvents(requests, id);
  }

  /**
   * Writes a thumbnail's bytes, whose number must be that in the job. A redirect is followed once,
   * without the key: the service may send clients to its object storage.
   */
  public void download(String id, String rendition, long size, OutputStream target)
      throws CliException, InterruptedException, IOException {
    HttpResponse<InputStream> answer =
        requests.send(() -> requests.to("thumbnails/" + id + "/" + encode(rendition)).GET());
    Optional<String> location = answer.headers().firstValue("Location");
    if (answer.statusCode() / 100 == 3 && location.isPresent()) {
      answer.body().close();
      URI elsewhere = webAddress(location.get());
      answer = requests.send(() -> requests.elsewhere(elsewhere).GET());
    }
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != 200) {
        throw problem(answer.statusCode(), body);
      }
      if (copy(body, target, size) != size) {
        throw unexpected("the thumbnail's size is not the one that the job states");
      }
    }
  }

  /**
   * A page of jobs, newest first.
   *
   * @param statuses separated by commas; all when empty
   * @param cursor where the page begins
   */
  public JsonNode jobs(String statuses, Optional<String> cursor, int limit)
      throws CliException, InterruptedException {
    String query = "limit=" + limit + parameter("cursor", cursor);
    String filter = statuses.isEmpty() ? "" : "&status=" + encode(statuses);
    return json(requests.send(() -> requests.to("jobs?" + query + filter).GET()));
  }

  /** Returns the current state of the queue. */
  public JsonNode queue() throws CliException, InterruptedException {
    return json(requests.send(() -> requests.to("admin/queue").GET()));
  }

  /** A page of dead letters. */
  public JsonNode deadLetters(Optional<String> cursor, int limit)
      throws CliException, InterruptedException {
    String query = "limit=" + limit + parameter("cursor", cursor);
    return json(requests.send(() -> requests.to("admin/dead-letters?" + query).GET()));
  }

  /** Puts a dead letter back in the queue. */
  public void replay(String id) throws CliException, InterruptedException {
    expectSuccess(
        requests.send(
            () ->
                requests.to("admin/dead-letters/" + id + "/replay").POST(BodyPublishers.noBody())));
  }

  /** Puts all dead letters back in the queue. Returns how many there were. */
  public long replayAll() throws CliException, InterruptedException {
    return json(requests.send(
            () -> requests.to("admin/dead-letters/replay").POST(BodyPublishers.noBody())))
        .path("replayed")
        .asLong();
  }

  /** Deletes a dead letter with its job and original. */
  public void delete(String id) throws CliException, InterruptedException {
    expectSuccess(requests.send(() -> requests.to("admin/dead-letters/" + id).DELETE()));
  }

  private static JsonNode json(HttpResponse<InputStream> answer) throws CliException {
    try (InputStream body = answer.body()) {
      if (answer.statusCode() / 100 != 2) {
        throw problem(answer.statusCode(), body);
      }
      return parse(body);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.UNAVAILABLE,
          "unexpected-answer",
          "the server's response was cut off or is not JSON",
          e);
    }
  }

  private static void expectSuccess(HttpResponse<InputStream> answer) throws CliException {
    try (InputStream body = answer.body()) {
      if (answer.statusCode() / 100 != 2) {
        throw problem(answer.statusCode(), body);
      }
    } catch (IOException e) {
      throw new CliException(
          ExitCode.UNAVAILABLE, "connection-lost", "the server's response was cut off", e);
    }
  }

  private static JsonNode parse(InputStream body) throws IOException {
    byte[] text = body.readNBytes(MAX_ANSWER + 1);
    if (text.length > MAX_ANSWER) {
      throw new IOException("the response is larger than " + MAX_ANSWER + " bytes");
    }
    return JSON.readTree(text);
  }

  private static CliException problem(int status, InputStream body) throws IOException {
    try {
      return refused(parse(body), status);
    } catch (JsonProcessingException e) {
      return refused(JSON.missingNode(), status);
    }
  }

  private static CliException refused(JsonNode problem, int status) {
    String code = problem.path("code").asText("status-" + status);
    String detail = problem.path("detail").asText("the server responded with %d".formatted(status));
    return new CliException(exitCode(problem.path("status").asInt(status)), code, detail);
  }

  private static ExitCode exitCode(int status) {
    return switch (status) {
      case 401, 403 -> ExitCode.ACCESS_DENIED;
      case 408, 429 -> ExitCode.UNAVAILABLE;
      default -> status >= 500 || status < 400 ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
    };
  }

  private URI webAddress(String location) throws CliException {
    try {
      URI address = requests.resolve(location);
      String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      if (scheme.equals("https") || scheme.equals("http")) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw unexpected("it redirects to something that is not a web address");
  }

  private static long copy(InputStream from, OutputStream to, long most)
      throws IOException, CliException {
    byte[] buffer = new byte[64 * 1024];
    long copied = 0;
    int read;
    while (copied <= most && (read = read(from, buffer)) >= 0) {
      to.write(buffer, 0, read);
      copied += read;
    }
    return copied;
  }

  private static int read(InputStream from, byte[] buffer) throws CliException {
    try {
      return from.read(buffer);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.UNAVAILABLE, "connection-lost", "the thumbnail was cut off", e);
    }
  }

  private static CliException unexpected(String what) {
    return new CliException(
        ExitCode.UNAVAILABLE, "unexpected-answer", "unexpected response: " + what);
  }

  private static String parameter(String name, Optional<String> value) {
    return value.map(v -> "&" + name + "=" + encode(v)).orElse("");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
