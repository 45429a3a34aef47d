package io.thumbnailer.scalinglab.record;

/** Looks at workers and their backlog. */
public interface Recorder {
  /**
   * Looks once.
   *
   * @param seconds since the recording began
   */
  ClusterRow look(double seconds);
}
