package io.thumbnailer.scalinglab.record;

import java.net.URI;
import java.util.function.DoubleSupplier;

/** The backlog that ingest reports at {@code /metrics}; NaN if it does not respond. */
public final class IngestBacklog implements DoubleSupplier {
  private static final String METRIC = "thumbnailer_queue_backlog";

  private final URI metrics;
  private final ServerEndpoints endpoints = new ServerEndpoints();

  /** Reads from the ingest server with this management port. */
  public IngestBacklog(URI management) {
    this.metrics = management.resolve("/metrics");
  }

  @Override
  public double getAsDouble() {
    return PrometheusText.sum(endpoints.text(metrics), METRIC);
  }
}
