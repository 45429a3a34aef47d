package io.thumbnailer.worker.pod;

import java.io.IOException;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Reports the number of running jobs to Kubernetes, so that a scale-down removes the least busy
 * workers first. It checks every few seconds and reports only changes: the annotation is a hint,
 * and each change is a write to the cluster's store.
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
  private final Thread thread = new Thread(this::run, "pod-deletion-cost");
  private boolean failing;

  /**
   * Creates a reporter for a pod.
   *
   * @param busy the number of running jobs
   * @param interval between two checks
   */
  public PodDeletionCost(PodAnnotator pod, IntSupplier busy, Duration interval) {
    this.pod = pod;
    this.busy = busy;
    this.interval = interval;
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  public void stop() {
    thread.interrupt();
  }

  private void run() {
    int reported = 0; // the default for a pod without the annotation
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(interval.toMillis());
        int now = busy.getAsInt();
        if (now != reported) {
          pod.annotate(ANNOTATION, now);
          reported = now;
          failing = false;
        }
      } catch (InterruptedException e) {
        return;
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
}
