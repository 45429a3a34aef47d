package io.thumbnailer.scalinglab.simulation;

/** How long each job waited, in the order of their arrival. */
public final class JobWaits {
  private final float[] seconds;

  JobWaits(int jobs) {
    seconds = new float[jobs];
  }

  void set(int job, double wait) {
    seconds[job] = (float) wait;
  }

  /** The number of jobs; 0 when the waits were not kept. */
  public int size() {
    return seconds.length;
  }

  /** From the upload to the start of the work, in seconds; 0 for a job that never began. */
  public double seconds(int job) {
    return seconds[job];
  }
}
