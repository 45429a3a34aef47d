package io.thumbnailer.worker.pod;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Reports to Kubernetes how many jobs this worker runs at a time, so that a scale-down removes the
 * least busy workers first. It checks every few seconds and reports only changes: the annotation is
 * a hint, and each change is a write to the cluster's store.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#pod-deletion-cost">Pod
 *     deletion cost</a>
 */
public final class PodDeletionCost {
  static final String ANNOTATION = "controller.kubernetes.io/pod-deletion-cost";

  private static final System.Logger LOG = System.getLogger(PodDeletionCost.class.getName());

  private final PodAnnotator pod;
  private final IntSupplier busy;
  private final Duration interval;
  private volatile ScheduledFuture<?> schedule;
  private int reported; // 0 is the default for a pod without the annotation
  private boolean failing;

  /**
   * Creates a reporter for a pod.
   *
   * @param busy the largest number of jobs that ran at the same time since it was last asked
   * @param interval between two checks
   */
  public PodDeletionCost(PodAnnotator pod, IntSupplier busy, Duration interval) {
    this.pod = pod;
    this.busy = busy;
    this.interval = interval;
  }

  public void start(ScheduledExecutorService scheduler) {
    schedule =
        scheduler.scheduleWithFixedDelay(
            this::report, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  public void stop() {
    schedule.cancel(true);
  }

  private void report() {
    try {
      int now = busy.getAsInt();
      if (now != reported) {
        pod.annotate(ANNOTATION, now);
        reported = now;
        failing = false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      // log once, not every few seconds: jobs continue without it
      LOG.log(
          failing ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
          "could not update this pod's deletion cost",
          e);
      failing = true;
    }
  }
}
