package io.thumbnailer.scalinglab.record;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** The backlog as ingest's {@code /metrics} reports it; NaN when it does not answer. */
public final class IngestBacklog implements DoubleSupplier {
  private static final String METRIC = "thumbnailer_queue_backlog";

  private final URI metrics;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

  /** Of an ingest server. */
  public IngestBacklog(URI ingest) {
    this.metrics = ingest.resolve("/metrics");
  }

  @Override
  public double getAsDouble() {
    HttpRequest request =
        HttpRequest.newBuilder(metrics)
            .timeout(Duration.ofSeconds(5))
            .header("Accept", "text/plain")
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? PrometheusText.sum(answer.body(), METRIC) : Double.NaN;
    } catch (IOException e) {
      return Double.NaN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Double.NaN;
    }
  }
}
