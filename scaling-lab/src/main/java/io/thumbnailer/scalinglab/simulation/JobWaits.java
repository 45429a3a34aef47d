package io.thumbnailer.scalinglab.simulation;

/** The wait of each job, in the order of arrival. */
public final class JobWaits {
  private final float[] seconds;

  JobWaits(int jobs) {
    seconds = new float[jobs];
  }

  void set(int job, double wait) {
    seconds[job] = (float) wait;
  }

  /** The number of jobs; 0 if the waits were not recorded. */
  public int size() {
    return seconds.length;
  }

  /** From the upload to the start of the work, in seconds; 0 for a job that never began. */
  public double seconds(int job) {
    return seconds[job];
  }
}
