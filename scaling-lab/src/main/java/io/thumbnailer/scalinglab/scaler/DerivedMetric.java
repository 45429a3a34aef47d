package io.thumbnailer.scalinglab.scaler;

import io.thumbnailer.scalinglab.hpa.MetricsSource;
import io.thumbnailer.scalinglab.hpa.MetricsUnavailableException;

/**
 * An external metric that a query computes from others: a rule of the Prometheus adapter, a
 * recording rule, or KEDA's {@code scalingModifiers}. A stateful one is used by one run only.
 */
@FunctionalInterface
public interface DerivedMetric {
  /**
   * Its value.
   *
   * @param seconds since the run's start
   * @param metrics the metrics that it is computed from
   * @throws MetricsUnavailableException if one of them has no value
   */
  double value(double seconds, MetricsSource metrics) throws MetricsUnavailableException;
}
