package io.thumbnailer.worker.webhook;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.messaging.RetryPolicy;
import io.thumbnailer.webhook.WebhookTargets;
import java.time.Duration;

/**
 * Settings of the webhook calls.
 *
 * @param targets the allowed origins; may be empty
 * @param allowPrivateAddresses whether hosts in private networks may be called too
 * @param timeout for one call, from the connection to the status of its response
 * @param concurrency calls at the same time
 * @param retryPolicy for calls that fail
 */
record WebhookSettings(
    WebhookTargets targets,
    boolean allowPrivateAddresses,
    Duration timeout,
    int concurrency,
    RetryPolicy retryPolicy) {

  /** Reads and checks the settings; throws {@link InvalidSettingException}. */
  static WebhookSettings from(SettingsReader settings) {
    Duration base = delay(settings, "thumbnailer.webhooks.retry-base", Duration.ofSeconds(10));
    Duration cap = delay(settings, "thumbnailer.webhooks.retry-cap", Duration.ofHours(1));
    if (cap.compareTo(base) < 0) {
      throw new InvalidSettingException(
          "thumbnailer.webhooks.retry-cap",
          "must not be less than thumbnailer.webhooks.retry-base");
    }
    return new WebhookSettings(
        WebhookTargets.from(settings),
        settings.flag("thumbnailer.webhooks.allow-private-addresses", false),
        settings.duration(
            "thumbnailer.webhooks.timeout",
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofMinutes(1)),
        settings.count("thumbnailer.webhooks.concurrency", 4, 1, 64),
        new RetryPolicy(
            settings.count("thumbnailer.webhooks.max-attempts", 10, 1, 100), base, cap));
  }

  private static Duration delay(SettingsReader settings, String key, Duration defaultValue) {
    return settings.duration(key, defaultValue, Duration.ZERO, Duration.ofDays(1));
  }
}
