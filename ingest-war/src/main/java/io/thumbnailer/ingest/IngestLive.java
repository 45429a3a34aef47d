package io.thumbnailer.ingest;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Up while the server responds. Redis and S3 are not checked: a restart of this server would not
 * bring them back.
 */
@Liveness
@Singleton
public class IngestLive implements HealthCheck {
  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.up("ingest-live");
  }
}
