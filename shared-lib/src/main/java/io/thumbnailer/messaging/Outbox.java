package io.thumbnailer.messaging;

import java.time.Instant;
import java.util.List;

/**
 * The messages that ended and whose sender asked to be told ({@link Message#endNotice}). A notice
 * is written in the same atomic step that ends the message, and stays until somebody has dealt with
 * it: a transactional outbox.
 */
public interface Outbox {

  /**
   * The notices that nobody has dealt with, oldest first. Several callers may get the same one.
   *
   * @param limit 1 to 1000
   */
  List<EndNotice> pending(int limit);

  /** Removes a notice that was dealt with. Repeating it is harmless. */
  void done(EndNotice notice);

  /**
   * The end of a message. A message that is replayed ends more than once.
   *
   * @param messageId the message
   * @param endedAt when it was acknowledged, died or expired
   */
  record EndNotice(String messageId, Instant endedAt) {}
}
