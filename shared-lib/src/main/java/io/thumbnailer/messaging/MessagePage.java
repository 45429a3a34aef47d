package io.thumbnailer.messaging;

import java.util.List;
import java.util.Optional;

/**
 * A page of messages.
 *
 * @param messages at most the requested number
 * @param nextCursor present if there are more
 */
public record MessagePage(List<MessageRecord> messages, Optional<String> nextCursor) {
  public MessagePage {
    messages = List.copyOf(messages);
  }
}
