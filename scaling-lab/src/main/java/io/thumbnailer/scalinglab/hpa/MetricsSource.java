package io.thumbnailer.scalinglab.hpa;

import java.util.Map;

/** The responses of a cluster's metrics APIs at one moment. */
public interface MetricsSource {
  /**
   * Returns the newest sample of a resource for each pod that has one.
   *
   * @throws MetricsUnavailableException if the API has no answer
   */
  Map<String, PodMetric> resource(String resource) throws MetricsUnavailableException;

  /**
   * The newest sample of a custom metric for each pod that has one.
   *
   * @throws MetricsUnavailableException if the API has no answer
   */
  Map<String, PodMetric> pods(String metric) throws MetricsUnavailableException;

  /**
   * The sum of all series of an external metric, in thousandths.
   *
   * @throws MetricsUnavailableException if the API has no answer
   */
  long external(String metric) throws MetricsUnavailableException;
}
