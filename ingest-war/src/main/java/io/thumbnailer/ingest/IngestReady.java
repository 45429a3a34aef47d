package io.thumbnailer.ingest;

import io.thumbnailer.health.Dependencies;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Up as soon as the server can answer. The state of Redis and S3 is reported in the data only: all
 * servers share them, so an outage would remove every server from the load balancer, and clients
 * would get no answer instead of a problem with Retry-After.
 */
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
    return dependencies.report("ingest-ready");
  }
}
