package io.thumbnailer.cli.service;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sends requests to one server. A request is repeated only after a response of 429 or 503, never
 * after a broken connection: the user decides whether to continue then.
 */
public final class Requests {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http;
  private final RetryDelay delay = new RetryDelay(ThreadLocalRandom.current());
  private final URI base;
  private final Optional<String> apiKey;
  private final int retries;
  private final Duration timeout;

  /**
   * Sends to one server.
   *
   * @param base the address that paths are relative to; ends with a slash
   * @param retries of a request, after its first attempt
   * @param timeout of one attempt
   * @throws CliException if the environment names a proxy by an invalid address
   */
  public Requests(URI base, Optional<String> apiKey, int retries, Duration timeout)
      throws CliException {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            // a redirect would send the key to its target
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .proxy(EnvironmentProxy.of(System.getenv()))
            .build();
    this.base = base;
    this.apiKey = apiKey;
    this.retries = retries;
    this.timeout = timeout;
  }

  /** Creates a new request for each attempt, because a body can be sent only once. */
  @FunctionalInterface
  interface Attempt {
    HttpRequest.Builder build() throws IOException;
  }

  /** Begins a request to a path below the server's address, with the key. */
  HttpRequest.Builder to(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(timeout);
    apiKey.ifPresent(key -> request.header("X-API-Key", key));
    return request;
  }

  /** Begins a request to an address that the server named, without the key. */
  HttpRequest.Builder elsewhere(URI address) {
    return HttpRequest.newBuilder(address).timeout(timeout);
  }

  URI resolve(String reference) {
    return base.resolve(reference);
  }

  /** Sends a request, and again as long as the server asks for that. The caller closes the body. */
  HttpResponse<InputStream> send(Attempt attempt) throws CliException, InterruptedException {
    for (int failures = 1; ; failures++) {
      HttpResponse<InputStream> answer = sendOnce(attempt);
      if (failures > retries || (answer.statusCode() != 429 && answer.statusCode() != 503)) {
        return answer;
      }
      Duration wait =
          delay.after(failures, answer.headers().firstValue("Retry-After"), Instant.now());
      if (wait.compareTo(RetryDelay.LONGEST) > 0) {
        return answer;
      }
      discard(answer);
      Thread.sleep(wait.toMillis());
    }
  }

  /** Sends a request once. The caller closes the body. */
  HttpResponse<InputStream> sendOnce(Attempt attempt) throws CliException, InterruptedException {
    HttpRequest request;
    try {
      request = attempt.build().build();
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILED, "unreadable-file", "the file cannot be read", e);
    }
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (ConnectException e) {
      throw new CliException(
          ExitCode.UNAVAILABLE, "unreachable", "cannot connect to " + base.getAuthority(), e);
    } catch (HttpTimeoutException e) {
      throw new CliException(
          ExitCode.UNAVAILABLE, "no-answer", "no response within " + timeout.toSeconds() + " s", e);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.UNAVAILABLE,
          "connection-lost",
          "the connection was lost; the server may have received the request",
          e);
    }
  }

  static void discard(HttpResponse<InputStream> answer) {
    try (InputStream body = answer.body()) {
      body.skipNBytes(0);
    } catch (IOException e) {
      // the answer is not needed
    }
  }
}
