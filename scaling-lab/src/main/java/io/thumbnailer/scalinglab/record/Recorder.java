package io.thumbnailer.scalinglab.record;

/** Observes workers and their backlog. */
public interface Recorder {
  /**
   * Makes one observation.
   *
   * @param seconds since the recording began
   */
  ClusterRow look(double seconds);
}
