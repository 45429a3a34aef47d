package io.thumbnailer.messaging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Inspects a queue without consuming messages. The counterpart of {@code jakarta.jms.QueueBrowser}.
 */
public interface MessageBrowser {

  /** The record of a message, until its retention is over. */
  Optional<MessageRecord> find(String messageId);

  /**
   * Removes a message in any state; a consumer that holds it loses its lease. A record in the state
   * {@link MessageState#REMOVED} stays, so that the id cannot be sent again, until {@link #forget}
   * or the end of the retention.
   *
   * @return whether the message existed
   */
  boolean remove(String messageId);

  /** Deletes the record that {@link #remove} left behind. */
  void forget(String messageId);

  /**
   * One page of the messages in a set of states, in descending order of their ids: newest first,
   * when ids sort by time. Per state at most the 10,000 greatest ids are listed.
   *
   * @param below empty for the first page, then the previous page's cursor
   * @param limit 1 to 500
   */
  MessagePage list(Set<MessageState> states, Optional<String> below, int limit);

  /** The current figures, measured by the broker. */
  QueueStatistics statistics();

  /** The running consumers, by name; a killed one is listed until its leases expire. */
  List<PresentConsumer> consumers();

  /**
   * The samples that {@link QueueMaintenance#sample} stored, oldest first.
   *
   * @param after only later samples
   */
  List<QueueSample> history(Instant after);
}
