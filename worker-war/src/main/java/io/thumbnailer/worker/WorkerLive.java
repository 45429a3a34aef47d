package io.thumbnailer.worker;

import io.thumbnailer.imaging.ThumbnailRenderer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Up while the server responds and no decode continues after its time-out: only the end of the
 * process stops such a decode. Redis and S3 are not checked: a restart of this server would not
 * bring them back.
 */
@Liveness
@Singleton
public class WorkerLive implements HealthCheck {
  private final ThumbnailRenderer renderer;

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
        .withData("heif", ThumbnailRenderer.heifLibrary().orElse("none"))
        .withData("jxl", ThumbnailRenderer.jxlLibrary().orElse("none"))
        .build();
  }
}
