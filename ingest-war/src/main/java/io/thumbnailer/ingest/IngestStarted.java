package io.thumbnailer.ingest;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Up once the settings are validated and the application is built. */
@Startup
@Singleton
public class IngestStarted implements HealthCheck {
  private final IngestLifecycle lifecycle;

  @Inject
  public IngestStarted(IngestLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("ingest-started").status(lifecycle.started()).build();
  }
}
