package io.thumbnailer.worker;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Up as long as the server answers. Redis and S3 are not asked: a restart of this server would not
 * bring them back.
 */
@Liveness
@Singleton
public class WorkerLive implements HealthCheck {
  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.up("worker-live");
  }
}
