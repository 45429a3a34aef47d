package io.thumbnailer.ingest.admin;

import io.thumbnailer.messaging.Failure;
import io.thumbnailer.messaging.MessagePage;
import io.thumbnailer.messaging.MessageRecord;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * A page of webhook calls that were given up, latest failure first.
 *
 * @param deadLetters at most the requested number
 * @param nextCursor start of the next page; absent on the last page
 */
public record WebhookDeadLetterPage(List<DeadCall> deadLetters, String nextCursor) {

  static final String EXAMPLE =
      """
      {"deadLetters":[
        {"id":"019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b_1764000091456",
         "job":"019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b","host":"hooks.example.com","attempts":10,
         "sentAt":"2026-11-24T10:00:00.123Z","code":"internal-error",
         "detail":"the webhook responded with 500","lastFailedAt":"2026-11-24T12:01:31Z"}]}""";

  public WebhookDeadLetterPage {
    deadLetters = List.copyOf(deadLetters);
  }

  /**
   * A call that was given up.
   *
   * @param id the event
   * @param job the job that the event is about
   * @param host that was called; the whole URL may contain a secret and is not shown
   * @param attempts number of calls made
   * @param sentAt when the job had ended
   * @param code why the last call failed, stable and machine-readable
   * @param detail one sentence for a human reader
   * @param lastFailedAt when it last failed
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

    /** The URL was checked when it was accepted. */
    private static String host(String address) {
      return URI.create(address).getHost();
    }
  }

  static WebhookDeadLetterPage of(MessagePage page) {
    return new WebhookDeadLetterPage(
        page.messages().stream().map(DeadCall::of).toList(), page.nextCursor().orElse(null));
  }
}
