package io.thumbnailer.messaging;

import java.util.List;
import java.util.Optional;

/**
 * A page of messages.
 *
 * @param messages at most as many as were asked for
 * @param nextCursor present when there are more
 */
public record MessagePage(List<MessageRecord> messages, Optional<String> nextCursor) {
  /** Takes a copy. */
  public MessagePage {
    messages = List.copyOf(messages);
  }
}
