package io.thumbnailer.scalinglab.scaler;

import io.thumbnailer.scalinglab.hpa.MetricsSource;
import io.thumbnailer.scalinglab.hpa.PodStatus;
import java.util.List;

/** The state of a cluster that a scaler may see at one moment. */
public interface ClusterView {
  /** Seconds since the run's start. */
  double seconds();

  /** The target's {@code spec.replicas}. */
  int specReplicas();

  /** The target's {@code status.replicas}: its pods that do not end. */
  int statusReplicas();

  /** All its pods, those that end as well; times are milliseconds since the run's start. */
  List<PodStatus> pods();

  /** The metrics APIs, with all their delays. */
  MetricsSource metrics();
}
