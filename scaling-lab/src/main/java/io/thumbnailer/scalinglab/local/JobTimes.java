package io.thumbnailer.scalinglab.local;

/**
 * A job's times as the queue recorded them, in seconds since the run's start.
 *
 * @param sent when it was put into the queue
 * @param began when the last delivery began
 * @param ended when it was acknowledged; NaN while it is not
 */
public record JobTimes(double sent, double began, double ended) {
  /** Seconds from the queue to the start of the work. */
  public double waited() {
    return began - sent;
  }

  /** Seconds of work. */
  public double worked() {
    return ended - began;
  }

  /** Whether it ended. */
  public boolean done() {
    return !Double.isNaN(ended);
  }
}
