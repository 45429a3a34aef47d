package io.thumbnailer.scalinglab.hpa;

/**
 * A pod's value of a metric.
 *
 * @param milli thousandths of the unit (of a core, for CPU)
 * @param timestampMillis the end of the interval it was measured in
 * @param windowMillis the length of that interval
 */
public record PodMetric(long milli, long timestampMillis, long windowMillis) {}
