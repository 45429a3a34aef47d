package io.thumbnailer.messaging;

import java.time.Instant;
import java.util.Optional;

/**
 * What the broker knows of a message, waiting or done.
 *
 * @param message as it was sent
 * @param state where it is
 * @param deliveryCount deliveries that count as attempts so far
 * @param sentAt when it was sent
 * @param updatedAt when its state changed last
 * @param deliveredAt when the latest delivery began
 * @param endedAt when it was acknowledged, died, expired or was removed
 * @param failure the last failure, also of a message that succeeded later
 * @param outcome what the consumer acknowledged it with
 * @param replays how often it was put back from the dead letters
 */
public record MessageRecord(
    Message message,
    MessageState state,
    int deliveryCount,
    Instant sentAt,
    Instant updatedAt,
    Optional<Instant> deliveredAt,
    Optional<Instant> endedAt,
    Optional<Failure> failure,
    Optional<String> outcome,
    int replays) {}
