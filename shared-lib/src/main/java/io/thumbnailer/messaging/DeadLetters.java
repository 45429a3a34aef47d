package io.thumbnailer.messaging;

import java.util.Collection;
import java.util.Optional;

/**
 * The messages of a destination that will not be delivered again on their own. One that nobody
 * replays or deletes is removed when its retention has passed.
 */
public interface DeadLetters {

  /**
   * One page, newest failure first.
   *
   * @param cursor empty for the first page, then the previous page's
   * @param limit 1 to 500
   * @throws IllegalArgumentException when the cursor is no page's
   */
  MessagePage list(Optional<String> cursor, int limit);

  /**
   * Puts a dead letter back in its lane with a fresh count of attempts; its failure history stays.
   *
   * @return false when there is no such dead letter
   */
  boolean replay(String messageId);

  /**
   * Puts many dead letters back; ids that are none are passed over. Returns how many there were.
   */
  default long replay(Collection<String> messageIds) {
    return messageIds.stream().filter(this::replay).count();
  }

  /** Puts all dead letters back. Returns how many. */
  long replayAll();

  /**
   * Removes a dead letter, as {@link MessageBrowser#remove} does. Returns false when there is no
   * such dead letter.
   */
  boolean delete(String messageId);
}
