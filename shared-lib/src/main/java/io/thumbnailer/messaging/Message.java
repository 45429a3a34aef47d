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
 * @param correlationId ties the message to something of the sender's; log lines about the message
 *     carry it, or else the id
 * @param text the body
 * @param properties short string properties, such as trace context
 * @param priority the lane it waits in
 * @param deliveryDelay how long it stays invisible after it was sent; zero for at once
 * @param timeToLive how long after sending it is still worth delivering; empty for ever
 * @param endNotice whether its end is to be listed in {@link Outbox}
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

  /** Takes copies; throws {@link IllegalArgumentException} for a blank id or negative times. */
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

  /** A message without a notice of its end. */
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

  /** A message of normal priority, delivered at once and living for ever. */
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

  /** The same message, with or without a notice of its end. */
  public Message withEndNotice(boolean wanted) {
    return new Message(
        id, correlationId, text, properties, priority, deliveryDelay, timeToLive, wanted);
  }
}
