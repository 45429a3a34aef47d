package io.thumbnailer.scalinglab.simulation;

/**
 * How late and how often an autoscaler sees what happens.
 *
 * @param scrapeSeconds between two readings of the queue by Prometheus, above 0
 * @param lagSeconds until a reading can be asked for: the gauge's own age and the storing
 * @param resourceSeconds between two readings of the pods' CPU by the metrics-server, above 0; also
 *     the length of the interval that a reading averages
 */
public record MetricPipeline(double scrapeSeconds, double lagSeconds, double resourceSeconds) {
  /** Prometheus and the metrics-server with their usual 15 s; ingest's gauges are up to 1 s old. */
  public static final MetricPipeline DEFAULT = new MetricPipeline(15, 1, 15);
}
