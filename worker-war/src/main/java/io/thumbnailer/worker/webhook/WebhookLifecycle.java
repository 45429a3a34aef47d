package io.thumbnailer.worker.webhook;

import io.thumbnailer.config.FatalSetting;
import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.ConsumerOptions;
import io.thumbnailer.messaging.MessageConsumer;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.webhook.WebhookSignature;
import io.thumbnailer.webhook.WebhookTargets;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Starts and stops the webhook consumer, if any webhook is allowed. */
@ApplicationScoped
public class WebhookLifecycle {
  private static final System.Logger LOG = System.getLogger(WebhookLifecycle.class.getName());
  private static final long RELAY_MILLIS = 1000;
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration GRACE = Duration.ofSeconds(5);

  @Resource private ManagedExecutorService executor;
  @Resource private ManagedScheduledExecutorService scheduler;

  private MessageConsumer consumer;
  private WebhookCaller caller;
  private ScheduledFuture<?> relay;

  void start(
      @Observes @Initialized(ApplicationScoped.class) Object event,
      Instance<SettingsReader> reader,
      Instance<MessagingContext> messaging,
      Instance<ObjectStore> objects) {
    try {
      WebhookSettings settings = WebhookSettings.from(reader.get());
      if (!settings.targets().isEmpty()) {
        start(settings, reader.get(), messaging.get(), objects.get());
      }
    } catch (InvalidSettingException e) {
      FatalSetting.stopServer(e);
    }
  }

  private void start(
      WebhookSettings settings,
      SettingsReader reader,
      MessagingContext messaging,
      ObjectStore objects) {
    caller =
        new WebhookCaller(
            new CheckedResolver(settings.allowPrivateAddresses()),
            WebhookSignature.from(reader),
            settings.timeout());
    consumer =
        messaging.createConsumer(
            WebhookTargets.QUEUE,
            new ConsumerOptions(
                "webhooks-" + UUID.randomUUID(),
                settings.concurrency(),
                executor,
                HEARTBEAT,
                LEASE,
                settings.retryPolicy()));
    consumer.start(new WebhookListener(settings.targets(), caller));
    relay =
        scheduler.scheduleWithFixedDelay(
            new WebhookRelay(
                messaging.outbox(ThumbnailJob.QUEUE),
                new JobStore(messaging.createBrowser(ThumbnailJob.QUEUE), objects),
                messaging.createProducer(WebhookTargets.QUEUE)),
            RELAY_MILLIS,
            RELAY_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    if (consumer == null) {
      return;
    }
    relay.cancel(true);
    consumer.stop(GRACE);
    try {
      caller.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "could not close the webhook connections", e);
    }
  }
}
