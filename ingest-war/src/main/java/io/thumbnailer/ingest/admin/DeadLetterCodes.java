package io.thumbnailer.ingest.admin;

import io.thumbnailer.job.JobDeletion;
import io.thumbnailer.job.JobId;
import io.thumbnailer.messaging.DeadLetters;
import io.thumbnailer.messaging.Failure;
import io.thumbnailer.messaging.MessagePage;
import io.thumbnailer.messaging.MessageRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The dead letters of the jobs, grouped by the code of their failure. */
final class DeadLetterCodes {
  private static final int PAGE = 500;
  private static final String UNKNOWN = "unknown";

  /** The file itself is the cause: another attempt would fail again. */
  private static final Set<String> PERMANENT =
      Set.of(
          "unreadable-image",
          "truncated-image",
          "too-many-pixels",
          "unsupported-type",
          "malformed-job",
          DeadLetters.WORKER_KILLED);

  private final DeadLetters deadLetters;
  private final JobDeletion deletion;

  DeadLetterCodes(DeadLetters deadLetters, JobDeletion deletion) {
    this.deadLetters = deadLetters;
    this.deletion = deletion;
  }

  /** The code of a dead letter; {@code unknown} when its failure was not recorded. */
  static String of(MessageRecord dead) {
    return dead.failure().map(Failure::code).orElse(UNKNOWN);
  }

  /** Whether another attempt can succeed. */
  static boolean replayable(String code) {
    return !PERMANENT.contains(code);
  }

  /** How many there are of each code, most frequent first. */
  DeadLetterCodesView counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (MessageRecord dead : all()) {
      counts.merge(of(dead), 1L, Long::sum);
    }
    return new DeadLetterCodesView(
        counts.entrySet().stream()
            .map(
                e -> new DeadLetterCodesView.Code(e.getKey(), e.getValue(), replayable(e.getKey())))
            .sorted(Comparator.comparingLong(DeadLetterCodesView.Code::count).reversed())
            .toList());
  }

  /**
   * One page of the dead letters with a code, newest failure first. It may contain fewer than
   * requested and still have a cursor.
   */
  MessagePage list(String code, Optional<String> cursor, int limit) {
    MessagePage page = deadLetters.list(cursor, limit);
    return new MessagePage(
        page.messages().stream().filter(dead -> of(dead).equals(code)).toList(), page.nextCursor());
  }

  /**
   * Puts all dead letters with a code back in the queue and returns their number. Jobs that killed
   * workers are not included; replay them by id.
   */
  long replay(String code) {
    if (code.equals(DeadLetters.WORKER_KILLED)) {
      return 0;
    }
    return ids(code).stream().filter(deadLetters::replay).count();
  }

  /** Deletes all dead letters with a code, their jobs and originals, and returns their number. */
  long delete(String code) {
    return ids(code).stream()
        .flatMap(id -> JobId.parse(id).stream())
        .filter(deletion::deleteDeadLetter)
        .count();
  }

  private List<String> ids(String code) {
    return all().stream()
        .filter(dead -> of(dead).equals(code))
        .map(dead -> dead.message().id())
        .toList();
  }

  private List<MessageRecord> all() {
    List<MessageRecord> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      MessagePage page = deadLetters.list(cursor, PAGE);
      all.addAll(page.messages());
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    return all;
  }
}
