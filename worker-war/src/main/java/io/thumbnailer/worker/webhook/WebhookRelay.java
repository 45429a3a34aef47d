package io.thumbnailer.worker.webhook;

import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.log.LogContext;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageProducer;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.Outbox;
import io.thumbnailer.messaging.Outbox.EndNotice;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.storage.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves the end notices of jobs to the webhook queue. A notice is removed only after its message
 * was sent, and the message's id is the event's id. So each end of a job becomes one message, even
 * if a worker dies or several do this at the same time.
 */
final class WebhookRelay implements Runnable {
  /** The message property that holds the URL. */
  static final String ADDRESS = "address";

  private static final System.Logger LOG = System.getLogger(WebhookRelay.class.getName());
  private static final int BATCH = 100;

  private final Outbox notices;
  private final JobStore jobs;
  private final MessageProducer webhooks;

  WebhookRelay(Outbox notices, JobStore jobs, MessageProducer webhooks) {
    this.notices = notices;
    this.jobs = jobs;
    this.webhooks = webhooks;
  }

  /** Processes all pending notices; failed ones are retried at the next run. */
  @Override
  public void run() {
    try {
      List<EndNotice> batch;
      do {
        batch = notices.pending(BATCH);
        for (EndNotice notice : batch) {
          LogContext.run(notice.messageId(), () -> relay(notice));
          notices.done(notice);
        }
      } while (batch.size() == BATCH && !Thread.currentThread().isInterrupted());
    } catch (MessagingException | StorageException e) {
      LOG.log(System.Logger.Level.WARNING, "webhooks are delayed: {0}", e.getMessage());
    } catch (RuntimeException e) {
      // an exception would end the schedule
      LOG.log(System.Logger.Level.ERROR, "webhooks are delayed", e);
    }
  }

  private void relay(EndNotice notice) {
    Optional<ThumbnailJob> job = JobId.parse(notice.messageId()).flatMap(jobs::find);
    // A job that was deleted or replayed since has no webhook due; a replayed one will end again.
    job.filter(j -> j.completedAt().isPresent())
        .ifPresent(
            ended ->
                ended
                    .description()
                    .webhook()
                    .ifPresent(address -> send(WebhookEvent.of(notice, ended), ended, address)));
  }

  private void send(WebhookEvent event, ThumbnailJob job, String address) {
    boolean isNew =
        webhooks.send(
            new Message(
                event.id(),
                Optional.of(job.description().id().toString()),
                event.body(),
                Map.of(ADDRESS, address),
                Priority.NORMAL,
                Duration.ZERO,
                Optional.empty()));
    if (!isNew) {
      LOG.log(System.Logger.Level.DEBUG, "webhook {0} was already enqueued", event.id());
    }
  }
}
