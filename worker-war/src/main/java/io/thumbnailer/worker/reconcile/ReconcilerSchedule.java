package io.thumbnailer.worker.reconcile;

import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.storage.StorageException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Requests the reconciler's lease every few seconds. The interval is short because a Redis that
 * lost its data has also lost the time of the last run: jobs are then enqueued again soon.
 */
public final class ReconcilerSchedule {
  private static final System.Logger LOG = System.getLogger(ReconcilerSchedule.class.getName());

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Metadata ACTIONS =
      Metadata.builder()
          .withName("thumbnailer_reconciler_actions")
          .withDescription("Originals by the reconciler's action")
          .build();

  private final Reconciler reconciler;
  private final MetricRegistry metrics;
  private volatile ScheduledFuture<?> schedule;

  public ReconcilerSchedule(Reconciler reconciler, MetricRegistry metrics) {
    this.reconciler = reconciler;
    this.metrics = metrics;
    for (Reconciler.Action action : Reconciler.Action.values()) {
      count(action, 0);
    }
  }

  public void start(ScheduledExecutorService scheduler) {
    schedule =
        scheduler.scheduleWithFixedDelay(
            this::run, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Stops it soon; another worker repeats unfinished work. */
  public void stop() {
    schedule.cancel(true);
  }

  private void run() {
    try {
      for (Map.Entry<Reconciler.Action, Long> done :
          reconciler.reconcileWhenDue().orElse(Map.of()).entrySet()) {
        count(done.getKey(), done.getValue());
      }
    } catch (MessagingException | StorageException e) {
      LOG.log(System.Logger.Level.DEBUG, "could not reconcile", e);
    } catch (RuntimeException e) { // the schedule would end with it
      LOG.log(System.Logger.Level.ERROR, "could not reconcile", e);
    }
  }

  private void count(Reconciler.Action action, long times) {
    metrics.counter(ACTIONS, new Tag("action", action.name().toLowerCase(Locale.ROOT))).inc(times);
  }
}
