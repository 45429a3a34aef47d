package io.thumbnailer.scalinglab.simulation;

/**
 * The failures during a run; times are seconds since the start, infinite for never.
 *
 * @param prometheusFrom from when Prometheus does not answer
 * @param prometheusSeconds for how long
 * @param nodeLostAt when the node that holds most workers is lost
 */
public record Outages(double prometheusFrom, double prometheusSeconds, double nodeLostAt) {
  /** Nothing fails. */
  public static final Outages NONE =
      new Outages(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY);

  /** Prometheus is down for some time. */
  public static Outages prometheus(double from, double seconds) {
    return new Outages(from, seconds, Double.POSITIVE_INFINITY);
  }

  /** A node is lost. */
  public static Outages node(double at) {
    return new Outages(Double.POSITIVE_INFINITY, 0, at);
  }

  boolean prometheusIsAway(double time) {
    return time >= prometheusFrom && time < prometheusFrom + prometheusSeconds;
  }
}
