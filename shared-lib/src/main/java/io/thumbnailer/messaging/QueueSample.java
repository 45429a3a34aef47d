package io.thumbnailer.messaging;

import java.time.Instant;

/**
 * The size of a queue at one moment of the past.
 *
 * @param at beginning of the {@link QueueMaintenance#SAMPLE_INTERVAL} in which it was measured
 * @param statistics as measured then; the rates are those of the whole interval before
 */
public record QueueSample(Instant at, QueueStatistics statistics) {}
