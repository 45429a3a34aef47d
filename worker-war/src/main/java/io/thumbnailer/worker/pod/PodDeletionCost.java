package io.thumbnailer.worker.pod;

import java.io.IOException;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Tells Kubernetes how many jobs this worker has in work, so that of several workers those go first
 * whose end costs least. It looks every few seconds and tells changes only: the annotation is a
 * hint, and each change of it is a write to the cluster's store.
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
   * For a pod.
   *
   * @param busy jobs in work
   * @param interval between two looks
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
    int told = 0; // what Kubernetes takes a pod for that has no annotation
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(interval.toMillis());
        int now = busy.getAsInt();
        if (now != told) {
          pod.annotate(ANNOTATION, now);
          told = now;
          failing = false;
        }
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        // once, not every few seconds: jobs go on without it
        LOG.log(
            failing ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
            "could not update this pod's deletion cost",
            e);
        failing = true;
      }
    }
  }
}
