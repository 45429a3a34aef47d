package io.thumbnailer.scalinglab.scaler;

import io.thumbnailer.scalinglab.hpa.MetricsSource;
import io.thumbnailer.scalinglab.hpa.OneMetric;
import io.thumbnailer.scalinglab.hpa.PodStatus;
import java.util.List;

/** A cluster whose replicas are as asked for, with one value for every external metric. */
record SteadyCluster(double seconds, int replicas, long metricMilli) implements ClusterView {
  @Override
  public int specReplicas() {
    return replicas;
  }

  @Override
  public int statusReplicas() {
    return replicas;
  }

  @Override
  public List<PodStatus> pods() {
    return List.of();
  }

  @Override
  public MetricsSource metrics() {
    return new OneMetric(metricMilli);
  }
}
