package io.thumbnailer.scalinglab.record;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Queries a server's MicroProfile endpoints; a missing response is not an error. */
final class ServerEndpoints {
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();

  /** Whether the response is 200, within 5 seconds. */
  boolean isUp(URI address) {
    return answer(address).filter(answer -> answer.statusCode() == 200).isPresent();
  }

  /** The text of the response; empty if there is none or its status is not 200. */
  String text(URI address) {
    return answer(address)
        .filter(answer -> answer.statusCode() == 200)
        .map(HttpResponse::body)
        .orElse("");
  }

  private Optional<HttpResponse<String>> answer(URI address) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(5))
            .header("Accept", "text/plain")
            .build();
    try {
      return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
