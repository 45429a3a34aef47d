package io.thumbnailer.messaging;

import java.time.Instant;

/**
 * One change of a message's state.
 *
 * @param messageId the message
 * @param state the new one
 * @param at when it changed, by the broker's clock
 * @param deliveryCount deliveries that count as attempts so far
 */
public record MessageChange(String messageId, MessageState state, Instant at, int deliveryCount) {}
