package io.thumbnailer.ingest.observe;

import io.thumbnailer.health.Dependencies;
import io.thumbnailer.health.Dependencies.State;
import io.thumbnailer.ingest.lifecycle.StartTask;
import io.thumbnailer.resilience.PostponedTasks;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Gauges that show whether Redis and S3 respond, and how many jobs wait for Redis. */
@Singleton
public class DependencyGauges implements StartTask {
  private static final Metadata UP =
      Metadata.builder()
          .withName("thumbnailer_dependency_up")
          .withDescription("1 while the dependency responds, 0 while it does not")
          .build();
  private static final Metadata POSTPONED =
      Metadata.builder()
          .withName("thumbnailer_uploads_postponed")
          .withDescription("Uploads that this server accepted and will enqueue when Redis is back")
          .build();

  private final MetricRegistry registry;
  private final Dependencies dependencies;
  private final PostponedTasks postponed;

  @Inject
  public DependencyGauges(
      MetricRegistry registry, Dependencies dependencies, PostponedTasks postponed) {
    this.registry = registry;
    this.dependencies = dependencies;
    this.postponed = postponed;
  }

  @Override
  public void start() {
    gauge("redis", dependencies::redis);
    gauge("s3", dependencies::storage);
    var unused = registry.gauge(POSTPONED, postponed, PostponedTasks::size);
  }

  private void gauge(String name, Supplier<State> state) {
    var unused = registry.gauge(UP, state, DependencyGauges::value, new Tag("dependency", name));
  }

  private static double value(Supplier<State> state) {
    return switch (state.get()) {
      case REACHABLE -> 1;
      case UNREACHABLE -> 0;
      case UNKNOWN -> Double.NaN;
    };
  }
}
