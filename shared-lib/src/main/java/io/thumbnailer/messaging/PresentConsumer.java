package io.thumbnailer.messaging;

import java.time.Instant;

/**
 * A consumer of a queue that is there now.
 *
 * @param name as its {@link ConsumerOptions} have it
 * @param version of its program; empty when unknown
 * @param capacity messages that it can have in work at the same time
 * @param busy messages whose lease it holds
 * @param since when it started
 * @param endedPerMinute deliveries that it has ended in the last minute, whatever their outcome
 */
public record PresentConsumer(
    String name, String version, int capacity, int busy, Instant since, double endedPerMinute) {}
