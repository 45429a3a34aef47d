package io.thumbnailer.messaging;

import java.time.Instant;
import java.util.List;

/**
 * A transactional outbox: the messages that have ended and whose sender asked for an end notice
 * ({@link Message#endNotice}). A notice is written in the atomic step that ends the message, and
 * stays until it is marked as done.
 */
public interface Outbox {

  /**
   * The notices that are not done, oldest first. Several callers may get the same notice.
   *
   * @param limit 1 to 1000
   */
  List<EndNotice> pending(int limit);

  /** Removes a notice. Safe to repeat. */
  void done(EndNotice notice);

  /**
   * The end of a message. A replayed message ends more than once.
   *
   * @param messageId the message
   * @param endedAt when it was acknowledged, died or expired
   */
  record EndNotice(String messageId, Instant endedAt) {}
}
