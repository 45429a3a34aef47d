package io.thumbnailer.config;

import io.thumbnailer.messaging.Destination;
import io.thumbnailer.webhook.WebhookSignature;
import io.thumbnailer.webhook.WebhookTargets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads who may be told of a job's end, and the name of the queue of those messages. */
public final class WebhookConfiguration {
  /** The queue of the messages that webhooks get. */
  public static final Destination WEBHOOKS = new Destination("webhooks");

  private static final String ALLOWED = "thumbnailer.webhooks.allowed";
  private static final String PRIVATE = "thumbnailer.webhooks.allow-private-addresses";
  private static final String SECRET = "thumbnailer.webhooks.secret";

  private WebhookConfiguration() {}

  /** The allow-list; empty unless it is configured. Throws {@link InvalidSettingException}. */
  public static WebhookTargets targets(SettingsReader settings) {
    List<String> origins =
        settings
            .text(ALLOWED)
            .map(text -> Stream.of(text.split(",", -1)).map(String::strip).toList())
            .orElse(List.of());
    try {
      return new WebhookTargets(origins);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(ALLOWED, e.getMessage());
    }
  }

  /** Whether hosts inside this network are allowed too. */
  public static boolean allowPrivateAddresses(SettingsReader settings) {
    return settings.flag(PRIVATE, false);
  }

  /** The signature; required where anybody may be told. Throws {@link InvalidSettingException}. */
  public static WebhookSignature signature(SettingsReader settings) {
    Optional<String> secret = settings.text(SECRET);
    try {
      return WebhookSignature.withSecret(secret.orElse(""));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(SECRET, e.getMessage());
    }
  }
}
