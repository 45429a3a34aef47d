package io.thumbnailer.messaging;

import java.time.Instant;
import java.util.Optional;

/**
 * The broker's record of a message.
 *
 * @param message as it was sent
 * @param state the current state
 * @param deliveryCount deliveries that count as attempts so far
 * @param sentAt when it was sent
 * @param updatedAt when its state last changed
 * @param deliveredAt when the latest delivery began
 * @param endedAt when it was acknowledged, died, expired or was removed
 * @param failure the last failure, even if the message succeeded later
 * @param outcome the outcome given by the acknowledgement
 * @param replays how often it was replayed
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
