package io.thumbnailer.worker.webhook;

import io.thumbnailer.messaging.Delivery;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageListener;
import io.thumbnailer.messaging.PermanentFailureException;
import io.thumbnailer.webhook.WebhookTargets;
import java.io.IOException;
import java.net.URI;

/** Calls one webhook for one job; a 2xx response is success. */
final class WebhookListener implements MessageListener {
  private static final System.Logger LOG = System.getLogger(WebhookListener.class.getName());

  private final WebhookTargets targets;
  private final WebhookCaller caller;

  WebhookListener(WebhookTargets targets, WebhookCaller caller) {
    this.targets = targets;
    this.caller = caller;
  }

  @Override
  public void onMessage(Delivery delivery) throws Exception {
    Message message = delivery.message();
    String job = message.correlationId().orElse("");
    int status;
    try {
      status = caller.call(address(message), message.id(), message.text());
    } catch (IOException e) {
      // the URL is not logged: it often contains a secret
      LOG.log(
          System.Logger.Level.WARNING,
          "job {0}: could not reach the webhook: {1}",
          job,
          e.getClass().getSimpleName());
      throw new IOException("could not reach the webhook", e);
    }
    if (status < 200 || status > 299) {
      LOG.log(System.Logger.Level.WARNING, "job {0}: webhook responded with {1}", job, status);
      throw new IOException("the webhook responded with " + status);
    }
    delivery.acknowledge(Integer.toString(status));
    LOG.log(System.Logger.Level.INFO, "job {0}: webhook delivered", job);
  }

  /** Checked again, since the allow-list may have changed since the upload. */
  private URI address(Message message) throws PermanentFailureException {
    try {
      return targets.check(message.properties().getOrDefault(WebhookRelay.ADDRESS, ""));
    } catch (IllegalArgumentException e) {
      throw new PermanentFailureException("webhook-not-allowed", e.getMessage(), e);
    }
  }
}
