package io.thumbnailer.scalinglab.scaler;

import io.thumbnailer.scalinglab.hpa.MetricsSource;
import io.thumbnailer.scalinglab.hpa.MetricsUnavailableException;
import io.thumbnailer.scalinglab.hpa.PodMetric;
import java.util.Map;

/** The metrics APIs of a cluster with further external metrics. */
record DerivedMetrics(MetricsSource source, double seconds, Map<String, DerivedMetric> derived)
    implements MetricsSource {

  @Override
  public Map<String, PodMetric> resource(String resource) throws MetricsUnavailableException {
    return source.resource(resource);
  }

  @Override
  public Map<String, PodMetric> pods(String metric) throws MetricsUnavailableException {
    return source.pods(metric);
  }

  @Override
  public long external(String metric) throws MetricsUnavailableException {
    DerivedMetric own = derived.get(metric);
    return own == null
        ? source.external(metric)
        : (long) Math.ceil(own.value(seconds, source) * 1000);
  }
}
