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
 * Takes the notices of ended jobs into the webhooks' queue. The notice goes only after the message
 * is sent, and the message's id is the event's: whenever a worker dies, and however many do this at
 * the same time, each end of a job becomes one message.
 */
final class WebhookRelay implements Runnable {
  /** The message's property with the address. */
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

  /** Deals with all notices there are; what fails is tried again at the next run. */
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
      // an exception that leaves would end the schedule
      LOG.log(System.Logger.Level.ERROR, "webhooks are delayed", e);
    }
  }

  private void relay(EndNotice notice) {
    Optional<ThumbnailJob> job = JobId.parse(notice.messageId()).flatMap(jobs::find);
    // A job that was deleted or replayed since has nothing to tell; a replayed one will end again.
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
