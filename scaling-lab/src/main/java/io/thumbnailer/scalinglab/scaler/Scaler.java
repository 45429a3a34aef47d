package io.thumbnailer.scalinglab.scaler;

/** Decides the number of replicas at times that it chooses. It is used by one run only. */
public interface Scaler {
  /** The time of the next decision, in seconds since the start; infinite for never. */
  double nextSeconds();

  /** Decides, at the requested time or a little later, and returns the replicas to set. */
  int decide(ClusterView cluster);
}
