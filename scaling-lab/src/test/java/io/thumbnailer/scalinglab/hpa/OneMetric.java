package io.thumbnailer.scalinglab.hpa;

import java.util.Map;

/**
 * A source that answers every external metric with one value.
 *
 * @param milli the value, in thousandths
 */
public record OneMetric(long milli) implements MetricsSource {
  @Override
  public Map<String, PodMetric> resource(String resource) {
    return Map.of();
  }

  @Override
  public Map<String, PodMetric> pods(String metric) {
    return Map.of();
  }

  @Override
  public long external(String metric) {
    return milli;
  }
}
