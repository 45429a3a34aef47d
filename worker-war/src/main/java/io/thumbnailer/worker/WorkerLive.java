package io.thumbnailer.worker;

import io.thumbnailer.imaging.ThumbnailRenderer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Up as long as the server answers and no decoder runs on although its time is over: only the end
 * of the process stops such a decoder. Redis and S3 are not asked: a restart of this server would
 * not bring them back.
 */
@Liveness
@Singleton
public class WorkerLive implements HealthCheck {
  private final ThumbnailRenderer renderer;

  /** With its collaborator. */
  @Inject
  public WorkerLive(ThumbnailRenderer renderer) {
    this.renderer = renderer;
  }

  @Override
  public HealthCheckResponse call() {
    int abandoned = renderer.abandonedDecodes();
    return HealthCheckResponse.named("worker-live")
        .status(abandoned == 0)
        .withData("abandonedDecodes", abandoned)
        .withData("jpeg", ThumbnailRenderer.jpegLibrary().orElse("java"))
        .build();
  }
}
