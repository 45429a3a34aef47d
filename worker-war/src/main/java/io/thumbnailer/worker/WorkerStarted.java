package io.thumbnailer.worker;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Up once the settings are validated and the application is built. */
@Startup
@Singleton
public class WorkerStarted implements HealthCheck {
  private final WorkerLifecycle lifecycle;

  @Inject
  public WorkerStarted(WorkerLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("worker-started").status(lifecycle.started()).build();
  }
}
