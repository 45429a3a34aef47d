package io.thumbnailer.ingest.observe;

import io.thumbnailer.ingest.lifecycle.StartTask;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.QueueMaintenance;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/**
 * Stores the last hour of the queue's figures in Redis, for the operator page. This runs in ingest
 * and not in the workers, so that it continues when workers are scaled to zero. Every ingest server
 * requests a sample; Redis accepts the first in each interval.
 */
@Singleton
public class QueueHistory implements StartTask {
  private static final System.Logger LOG = System.getLogger(QueueHistory.class.getName());

  private final QueueMaintenance queue;

  @Resource private ManagedScheduledExecutorService scheduler;

  /** Uses the queue of the jobs. */
  @Inject
  public QueueHistory(MessagingContext messaging) {
    this.queue = messaging.maintenance(ThumbnailJob.QUEUE);
  }

  @Override
  public void start() {
    long millis = QueueMaintenance.SAMPLE_INTERVAL.toMillis();
    var unused = scheduler.scheduleAtFixedRate(this::sample, 0, millis, TimeUnit.MILLISECONDS);
  }

  private void sample() {
    try {
      var unused = queue.sample();
    } catch (MessagingException e) {
      LOG.log(System.Logger.Level.DEBUG, "no sample while Redis is unreachable", e);
    } catch (RuntimeException e) { // the schedule must continue
      LOG.log(System.Logger.Level.ERROR, "the queue was not sampled", e);
    }
  }
}
