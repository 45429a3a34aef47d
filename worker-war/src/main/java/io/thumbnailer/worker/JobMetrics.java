package io.thumbnailer.worker;

import io.thumbnailer.messaging.Delivery;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/** Measures the jobs of this worker. */
@Singleton
public class JobMetrics implements JobRecorder {
  private static final Metadata JOBS = describe("thumbnailer_jobs", "Job attempts by outcome");
  private static final Metadata STAGES =
      describe("thumbnailer_stage_duration", "Time spent in each stage of a job");

  private final MetricRegistry registry;
  private final Timer duration;
  private final Timer wait;

  @Inject
  public JobMetrics(MetricRegistry registry) {
    this.registry = registry;
    this.duration =
        registry.timer(
            describe(
                "thumbnailer_job_duration", "Time from the start of an attempt to its success"));
    this.wait =
        registry.timer(
            describe("thumbnailer_job_wait", "Time from acceptance to the first attempt"));
    for (Outcome outcome : Outcome.values()) {
      count(outcome, 0);
    }
  }

  private enum Outcome {
    DONE("done"),
    FAILED("failed"),
    RETRIED("retried"),
    HANDED_BACK("handed-back"),
    LEASE_LOST("lease-lost");

    private final String tag;

    Outcome(String tag) {
      this.tag = tag;
    }
  }

  @Override
  public Attempt begin(Delivery delivery) {
    if (!delivery.redelivered()) {
      Duration waited = Duration.between(delivery.sentAt(), Instant.now());
      wait.update(waited.isNegative() ? Duration.ZERO : waited);
    }
    return new MeasuredAttempt();
  }

  private void count(Outcome outcome, long increment) {
    registry.counter(JOBS, new Tag("outcome", outcome.tag)).inc(increment);
  }

  /** A metric's name and description. */
  static Metadata describe(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }

  private final class MeasuredAttempt implements Attempt {
    private final long begun = System.nanoTime();

    @Override
    public <T> T stage(String name, Callable<T> work) throws Exception {
      long start = System.nanoTime();
      try {
        return work.call();
      } finally {
        ended(name, Duration.ofNanos(System.nanoTime() - start));
      }
    }

    @Override
    public void ended(String part, Duration took) {
      registry.timer(STAGES, new Tag("stage", part)).update(took);
    }

    @Override
    public void done() {
      duration.update(Duration.ofNanos(System.nanoTime() - begun));
      count(Outcome.DONE, 1);
    }

    @Override
    public void failed() {
      count(Outcome.FAILED, 1);
    }

    @Override
    public void retried() {
      count(Outcome.RETRIED, 1);
    }

    @Override
    public void handedBack() {
      count(Outcome.HANDED_BACK, 1);
    }

    @Override
    public void leaseLost() {
      count(Outcome.LEASE_LOST, 1);
    }
  }
}
