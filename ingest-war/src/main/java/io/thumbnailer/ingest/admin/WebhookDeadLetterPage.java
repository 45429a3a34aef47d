package io.thumbnailer.ingest.admin;

import io.thumbnailer.messaging.Failure;
import io.thumbnailer.messaging.MessagePage;
import io.thumbnailer.messaging.MessageRecord;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * A page of calls to webhooks that were given up, newest failure first.
 *
 * @param deadLetters at most as many as were asked for
 * @param nextCursor where the next page begins; missing on the last
 */
public record WebhookDeadLetterPage(List<DeadCall> deadLetters, String nextCursor) {

  static final String EXAMPLE =
      """
      {"deadLetters":[
        {"id":"019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b_1764000091456",
         "job":"019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b","host":"hooks.example.com","attempts":10,
         "sentAt":"2026-11-24T10:00:00.123Z","code":"internal-error",
         "detail":"the webhook answered 500","lastFailedAt":"2026-11-24T12:01:31Z"}]}""";

  /** Takes a copy. */
  public WebhookDeadLetterPage {
    deadLetters = List.copyOf(deadLetters);
  }

  /**
   * A call that was given up.
   *
   * @param id the event
   * @param job whose end it tells of
   * @param host that was called; the whole address may hold a secret and is not shown
   * @param attempts calls that were made
   * @param sentAt when the job had ended
   * @param code why the last call failed, stable and machine-readable
   * @param detail one sentence for people
   * @param lastFailedAt when it failed the last time
   */
  public record DeadCall(
      String id,
      String job,
      String host,
      int attempts,
      Instant sentAt,
      String code,
      String detail,
      Instant lastFailedAt) {

    static DeadCall of(MessageRecord dead) {
      return new DeadCall(
          dead.message().id(),
          dead.message().correlationId().orElse(null),
          host(dead.message().properties().getOrDefault("address", "")),
          dead.deliveryCount(),
          dead.sentAt(),
          dead.failure().map(Failure::code).orElse(null),
          dead.failure().map(Failure::detail).orElse(null),
          dead.failure().map(Failure::lastAt).orElse(null));
    }

    /** The address was checked when it was accepted. */
    private static String host(String address) {
      return URI.create(address).getHost();
    }
  }

  static WebhookDeadLetterPage of(MessagePage page) {
    return new WebhookDeadLetterPage(
        page.messages().stream().map(DeadCall::of).toList(), page.nextCursor().orElse(null));
  }
}
