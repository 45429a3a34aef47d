package io.thumbnailer.messaging;

import java.time.Instant;

/**
 * The size of a queue at a moment in the past.
 *
 * @param at beginning of the {@link QueueMaintenance#SAMPLE_INTERVAL} in which it was measured
 * @param statistics as measured then; the rates cover the whole preceding interval
 */
public record QueueSample(Instant at, QueueStatistics statistics) {}
