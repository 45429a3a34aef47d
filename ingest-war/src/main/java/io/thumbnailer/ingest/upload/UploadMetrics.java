package io.thumbnailer.ingest.upload;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Counts uploaded files by outcome: {@code thumbnailer_uploads_total{outcome}}. */
@Singleton
public class UploadMetrics {
  private static final Metadata UPLOADS =
      Metadata.builder()
          .withName("thumbnailer_uploads")
          .withDescription("Uploaded files by outcome: accepted, or the problem's code")
          .build();

  private final MetricRegistry registry;

  @Inject
  public UploadMetrics(MetricRegistry registry) {
    this.registry = registry;
    countBy("accepted", 0);
  }

  /** Counts one file. */
  public void count(UploadResult result) {
    countBy(result.problem() == null ? "accepted" : result.problem().code(), 1);
  }

  private void countBy(String outcome, long increment) {
    registry.counter(UPLOADS, new Tag("outcome", outcome)).inc(increment);
  }
}
