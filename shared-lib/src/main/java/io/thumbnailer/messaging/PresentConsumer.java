package io.thumbnailer.messaging;

import java.time.Instant;

/**
 * A running consumer of a queue.
 *
 * @param name from its {@link ConsumerOptions}
 * @param version of its program; empty if unknown
 * @param capacity messages that it can process at the same time
 * @param busy messages whose lease it holds
 * @param since when it started
 * @param endedPerMinute deliveries that it has ended in the last minute, whatever their outcome
 */
public record PresentConsumer(
    String name, String version, int capacity, int busy, Instant since, double endedPerMinute) {}
