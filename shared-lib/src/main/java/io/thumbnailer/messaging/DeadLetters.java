package io.thumbnailer.messaging;

import java.util.Collection;
import java.util.Optional;

/**
 * The messages of a destination that will not be delivered again by themselves. A dead letter that
 * is neither replayed nor deleted is removed after its retention.
 */
public interface DeadLetters {

  /** The code of a message whose consumers stopped responding while they handled it. */
  String WORKER_KILLED = "worker-killed";

  /**
   * One page, newest failure first.
   *
   * @param cursor empty for the first page, then the previous page's
   * @param limit 1 to 500
   * @throws IllegalArgumentException if the cursor is invalid
   */
  MessagePage list(Optional<String> cursor, int limit);

  /**
   * Puts a dead letter back in its lane with a fresh count of attempts; its failure history stays.
   *
   * @return false if there is no such dead letter
   */
  boolean replay(String messageId);

  /** Replays several dead letters and returns their number; unknown ids are ignored. */
  default long replay(Collection<String> messageIds) {
    return messageIds.stream().filter(this::replay).count();
  }

  /**
   * Replays all dead letters and returns their number. Messages that killed their consumers are not
   * included, because they would do so again; replay them by id.
   */
  long replayAll();

  /**
   * Removes a dead letter, as {@link MessageBrowser#remove} does. Returns false if there is no such
   * dead letter.
   */
  boolean delete(String messageId);
}
