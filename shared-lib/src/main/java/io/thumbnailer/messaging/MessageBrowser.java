package io.thumbnailer.messaging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at a queue without consuming. The counterpart of {@code jakarta.jms.QueueBrowser}. */
public interface MessageBrowser {

  /** The record of a message, as long as its retention lasts. */
  Optional<MessageRecord> find(String messageId);

  /**
   * Removes a message, whatever its state; a consumer that has it loses its lease. A record in the
   * state {@link MessageState#REMOVED} stays, so that the id cannot be sent again, until {@link
   * #forget} or the end of the retention.
   *
   * @return whether there was one
   */
  boolean remove(String messageId);

  /** Clears what {@link #remove} left behind. */
  void forget(String messageId);

  /**
   * One page of the messages in a set of states, in descending order of their ids: newest first,
   * when ids sort by time. Per state at most the 10,000 greatest ids are listed.
   *
   * @param below empty for the first page, then the previous page's cursor
   * @param limit 1 to 500
   */
  MessagePage list(Set<MessageState> states, Optional<String> below, int limit);

  /** Counts, measured by the broker now. */
  QueueStatistics statistics();

  /** The consumers that are there, by name; one that is killed is listed until its leases end. */
  List<PresentConsumer> consumers();

  /**
   * What {@link QueueMaintenance#sample} has kept, oldest first.
   *
   * @param after only later samples
   */
  List<QueueSample> history(Instant after);
}
