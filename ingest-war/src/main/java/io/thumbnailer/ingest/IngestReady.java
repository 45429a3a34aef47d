package io.thumbnailer.ingest;

import io.thumbnailer.health.Dependencies;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Up as soon as the server can answer. The state of Redis and S3 is in the data only: they are the
 * same for all servers, so that no server would be left in the load balancer, and clients would get
 * no answer instead of one that says what is wrong and when to come back.
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
