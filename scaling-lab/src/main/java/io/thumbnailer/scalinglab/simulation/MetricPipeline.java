package io.thumbnailer.scalinglab.simulation;

/**
 * The delays and intervals of an autoscaler's metrics.
 *
 * @param scrapeSeconds between two readings of the queue by Prometheus, above 0
 * @param lagSeconds until a reading can be asked for: the gauge's own age and the storing
 * @param resourceSeconds between two fetches of the pods' CPU by the metrics-server, above 0
 * @param housekeepingSeconds least time between two readings of a container by the kubelet, above
 *     0; the most is twice that
 */
public record MetricPipeline(
    double scrapeSeconds, double lagSeconds, double resourceSeconds, double housekeepingSeconds) {
  /** The usual 15 s, and the kubelet's 10 s; ingest's gauges are up to 1 s old. */
  public static final MetricPipeline DEFAULT = new MetricPipeline(15, 1, 15, 10);
}
