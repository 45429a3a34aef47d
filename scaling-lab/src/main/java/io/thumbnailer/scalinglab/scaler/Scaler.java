package io.thumbnailer.scalinglab.scaler;

/** Decides the number of replicas at times that it chooses. It is used by one run only. */
public interface Scaler {
  /** When it wants to be asked next, in seconds since the start; infinite for never again. */
  double nextSeconds();

  /** Decides, at the time it asked for or a little later, and returns the replicas to set. */
  int decide(ClusterView cluster);
}
