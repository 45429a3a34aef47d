package io.thumbnailer.webhook;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages according to the Standard Webhooks specification (version 1): HMAC-SHA256 over
 * {@code id.timestamp.body}, so that receivers can use its libraries.
 */
public final class WebhookSignature {
  private static final String PREFIX = "whsec_";
  private static final int MIN_BYTES = 24;
  private static final int MAX_BYTES = 64;

  private static final String SETTING = "thumbnailer.webhooks.secret";

  private final SecretKeySpec key;

  private WebhookSignature(byte[] secret) {
    key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /**
   * Creates a signature with the secret that both sides share.
   *
   * @param secret {@code whsec_} and 24 to 64 bytes in Base64
   * @throws IllegalArgumentException if it is malformed; the message does not contain it
   */
  public static WebhookSignature withSecret(String secret) {
    byte[] bytes = new byte[0];
    if (secret.startsWith(PREFIX)) {
      try {
        bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      } catch (IllegalArgumentException e) {
        // reported below: the decoder's message would repeat a part of the secret
      }
    }
    if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "must be whsec_ and %d to %d bytes in Base64".formatted(MIN_BYTES, MAX_BYTES));
    }
    return new WebhookSignature(bytes);
  }

  /**
   * Reads the secret; required where webhooks are allowed. Throws {@link InvalidSettingException}.
   */
  public static WebhookSignature from(SettingsReader settings) {
    Optional<String> secret = settings.text(SETTING);
    try {
      return withSecret(secret.orElse(""));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(SETTING, e.getMessage());
    }
  }

  /** The value of {@code webhook-signature}. */
  public String sign(String id, Instant timestamp, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] signed =
          (id + "." + timestamp.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
