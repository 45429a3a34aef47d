package io.thumbnailer.scalinglab.scaler;

/** No autoscaler: always the same number of workers. */
public final class FixedScaler implements Scaler {
  private final int replicas;
  private double next;

  /** Uses the given number of workers from the start. */
  public FixedScaler(int replicas) {
    this.replicas = replicas;
  }

  @Override
  public double nextSeconds() {
    return next;
  }

  @Override
  public int decide(ClusterView cluster) {
    next = Double.POSITIVE_INFINITY;
    return replicas;
  }
}
