package io.thumbnailer.worker.reconcile;

import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.storage.StorageException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Requests the reconciler's lease every few seconds. The interval is short because a Redis that
 * lost its data has also lost the time of the last run: jobs are then enqueued again soon.
 */
public final class ReconcilerThread {
  private static final System.Logger LOG = System.getLogger(ReconcilerThread.class.getName());

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Metadata ACTIONS =
      Metadata.builder()
          .withName("thumbnailer_reconciler_actions")
          .withDescription("Originals by the reconciler's action")
          .build();

  private final Reconciler reconciler;
  private final MetricRegistry metrics;
  private final Thread thread = new Thread(this::run, "reconciler");

  public ReconcilerThread(Reconciler reconciler, MetricRegistry metrics) {
    this.reconciler = reconciler;
    this.metrics = metrics;
    for (Reconciler.Action action : Reconciler.Action.values()) {
      count(action, 0);
    }
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Stops it soon; another worker repeats unfinished work. */
  public void stop() {
    thread.interrupt();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(PAUSE.toMillis());
        for (Map.Entry<Reconciler.Action, Long> done :
            reconciler.reconcileWhenDue().orElse(Map.of()).entrySet()) {
          count(done.getKey(), done.getValue());
        }
      } catch (InterruptedException e) {
        return;
      } catch (MessagingException | StorageException e) {
        LOG.log(System.Logger.Level.DEBUG, "could not reconcile", e);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "could not reconcile", e);
      }
    }
  }

  private void count(Reconciler.Action action, long times) {
    metrics.counter(ACTIONS, new Tag("action", action.name().toLowerCase(Locale.ROOT))).inc(times);
  }
}
