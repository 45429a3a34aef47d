package io.thumbnailer.ingest.admin;

import io.thumbnailer.messaging.Failure;
import io.thumbnailer.messaging.MessagePage;
import io.thumbnailer.messaging.MessageRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A page of dead letters, latest failure first.
 *
 * @param deadLetters at most the requested number
 * @param nextCursor start of the next page; absent on the last page
 */
public record DeadLetterPage(List<DeadLetter> deadLetters, String nextCursor) {

  static final String EXAMPLE =
      """
      {"deadLetters":[
        {"id":"019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b","filename":"photo.jpg","attempts":5,
         "sentAt":"2026-11-24T10:00:00.123Z","code":"storage-unavailable","replayable":true,
         "detail":"Bucket photos: could not store thumbnails/019a…",
         "firstFailedAt":"2026-11-24T10:00:01Z","lastFailedAt":"2026-11-24T10:01:31Z",
         "stack":"io.thumbnailer.storage.StorageException: …"}],
       "nextCursor":"1764000091000-019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b"}\
      """;

  public DeadLetterPage {
    deadLetters = List.copyOf(deadLetters);
  }

  /**
   * A job that was given up.
   *
   * @param id the job
   * @param filename the client's name for the file
   * @param attempts number of attempts
   * @param sentAt when it was accepted
   * @param code why its last attempt failed, stable and machine-readable
   * @param replayable whether another attempt can succeed
   * @param detail one sentence for a human reader
   * @param firstFailedAt when it failed for the first time
   * @param lastFailedAt when it last failed
   * @param stack the first frames of the exception, one per line; may be empty
   */
  public record DeadLetter(
      String id,
      String filename,
      int attempts,
      Instant sentAt,
      String code,
      boolean replayable,
      String detail,
      Instant firstFailedAt,
      Instant lastFailedAt,
      String stack) {

    static DeadLetter of(MessageRecord dead) {
      Map<String, String> properties = dead.message().properties();
      return new DeadLetter(
          dead.message().id(),
          properties.get("filename"),
          dead.deliveryCount(),
          dead.sentAt(),
          DeadLetterCodes.of(dead),
          DeadLetterCodes.replayable(DeadLetterCodes.of(dead)),
          dead.failure().map(Failure::detail).orElse(null),
          dead.failure().map(Failure::firstAt).orElse(null),
          dead.failure().map(Failure::lastAt).orElse(null),
          dead.failure().map(Failure::stackSummary).orElse(null));
    }
  }

  static DeadLetterPage of(MessagePage page) {
    return new DeadLetterPage(
        page.messages().stream().map(DeadLetter::of).toList(), page.nextCursor().orElse(null));
  }
}
