package io.thumbnailer.messaging;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A text message with properties, as the sender made it. The counterpart of {@code
 * jakarta.jms.TextMessage}.
 *
 * @param id identifies the message; sending the same id twice enqueues it once
 * @param correlationId relates the message to an object of the sender; log lines about the message
 *     carry it, or the id if it is empty
 * @param text the body
 * @param properties short string properties, such as trace context
 * @param priority the lane it waits in
 * @param deliveryDelay how long the message stays invisible after it was sent; zero for none
 * @param timeToLive how long after sending the message may still be delivered; empty for no limit
 * @param endNotice whether the end of the message is listed in the {@link Outbox}
 */
public record Message(
    String id,
    Optional<String> correlationId,
    String text,
    Map<String, String> properties,
    Priority priority,
    Duration deliveryDelay,
    Optional<Duration> timeToLive,
    boolean endNotice) {

  /** Throws {@link IllegalArgumentException} for a blank id or negative times. */
  public Message {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a message needs an id");
    }
    if (deliveryDelay.isNegative()
        || timeToLive.filter(t -> t.isNegative() || t.isZero()).isPresent()) {
      throw new IllegalArgumentException("delivery delay and time to live must be positive");
    }
    Objects.requireNonNull(text);
    Objects.requireNonNull(priority);
    properties = Map.copyOf(properties);
  }

  /** Creates a message without an end notice. */
  public Message(
      String id,
      Optional<String> correlationId,
      String text,
      Map<String, String> properties,
      Priority priority,
      Duration deliveryDelay,
      Optional<Duration> timeToLive) {
    this(id, correlationId, text, properties, priority, deliveryDelay, timeToLive, false);
  }

  /** Creates a message of normal priority without a delay or time to live. */
  public static Message of(String id, String text) {
    return new Message(
        id, Optional.empty(), text, Map.of(), Priority.NORMAL, Duration.ZERO, Optional.empty());
  }

  /** The same message in another lane. */
  public Message withPriority(Priority lane) {
    return new Message(
        id, correlationId, text, properties, lane, deliveryDelay, timeToLive, endNotice);
  }

  /** The same message with other properties. */
  public Message withProperties(Map<String, String> others) {
    return new Message(
        id, correlationId, text, others, priority, deliveryDelay, timeToLive, endNotice);
  }

  /** The same message, with or without an end notice. */
  public Message withEndNotice(boolean wanted) {
    return new Message(
        id, correlationId, text, properties, priority, deliveryDelay, timeToLive, wanted);
  }
}
