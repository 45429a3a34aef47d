package io.thumbnailer.scalinglab.simulation;

/**
 * The failures during a run; times are seconds since the start, infinite for never.
 *
 * @param prometheusFrom from when Prometheus does not answer
 * @param prometheusSeconds for how long
 * @param nodeLostAt when the node that holds most workers is lost
 * @param failedAttempts share of the attempts that fail at their end and are retried, from 0 to
 *     less than 1
 */
public record Outages(
    double prometheusFrom, double prometheusSeconds, double nodeLostAt, double failedAttempts) {
  /** Nothing fails. */
  public static final Outages NONE =
      new Outages(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY, 0);

  /** Prometheus is down for some time. */
  public static Outages prometheus(double from, double seconds) {
    return new Outages(from, seconds, Double.POSITIVE_INFINITY, 0);
  }

  /** A node is lost. */
  public static Outages node(double at) {
    return new Outages(Double.POSITIVE_INFINITY, 0, at, 0);
  }

  /** Attempts fail, as with a storage that sometimes responds with an error. */
  public static Outages attempts(double failed) {
    return new Outages(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY, failed);
  }

  boolean prometheusIsAway(double time) {
    return time >= prometheusFrom && time < prometheusFrom + prometheusSeconds;
  }
}
