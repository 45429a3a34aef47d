package io.thumbnailer.messaging;

import java.util.Optional;

/** Looks at a queue without consuming. The counterpart of {@code jakarta.jms.QueueBrowser}. */
public interface MessageBrowser {

  /** The record of a message, as long as its retention lasts. */
  Optional<MessageRecord> find(String messageId);

  /**
   * Removes a message and its record, whatever its state; a consumer that has it loses its lease.
   *
   * @return whether there was one
   */
  boolean remove(String messageId);

  /** Counts, measured by the broker now. */
  QueueStatistics statistics();
}
