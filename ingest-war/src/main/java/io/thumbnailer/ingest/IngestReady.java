package io.thumbnailer.ingest;

import io.thumbnailer.health.Dependencies;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while Redis and S3 are reachable: without either, no upload can be accepted. */
@Readiness
@Singleton
public class IngestReady implements HealthCheck {
  private final Dependencies dependencies;

  @Inject
  public IngestReady(Dependencies dependencies) {
    this.dependencies = dependencies;
  }

  @Override
  public HealthCheckResponse call() {
    return dependencies.check("ingest-ready");
  }
}
