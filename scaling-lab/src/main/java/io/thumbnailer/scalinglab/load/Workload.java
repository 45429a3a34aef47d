package io.thumbnailer.scalinglab.load;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The jobs of one run, drawn before it: every policy that is compared gets the same ones (common
 * random numbers), so that a difference is the policy's and not chance.
 */
public final class Workload {
  private final String shape;
  private final long seed;
  private final double seconds;
  private final double[] arrivals;
  private final float[] work;
  private final double meanWork;

  private Workload(
      String shape, long seed, double seconds, double[] arrivals, float[] work, double meanWork) {
    this.shape = shape;
    this.seed = seed;
    this.seconds = seconds;
    this.arrivals = arrivals;
    this.work = work;
    this.meanWork = meanWork;
  }

  /**
   * Draws the jobs.
   *
   * @param seconds until the last arrival at the latest
   */
  public static Workload draw(LoadShape shape, double seconds, ServiceTimes service, long seed) {
    double[] arrivals = shape.arrivals(seconds, new SplittableRandom(seed));
    SplittableRandom random = new SplittableRandom(~seed);
    float[] work = new float[arrivals.length];
    for (int i = 0; i < work.length; i++) {
      work[i] = (float) service.draw(random);
    }
    return new Workload(shape.name(), seed, seconds, arrivals, work, service.mean());
  }

  /** Jobs with given times, such as those of a recorded run, and with work that is drawn. */
  public static Workload of(
      String name,
      double seconds,
      double[] arrivals,
      ServiceTimes service,
      RandomGenerator random) {
    double[] work = new double[arrivals.length];
    for (int i = 0; i < work.length; i++) {
      work[i] = service.draw(random);
    }
    return of(name, seconds, arrivals, work);
  }

  /** Jobs with given times and work. */
  public static Workload of(String name, double seconds, double[] arrivals, double[] workSeconds) {
    float[] work = new float[workSeconds.length];
    double sum = 0;
    for (int i = 0; i < work.length; i++) {
      work[i] = (float) workSeconds[i];
      sum += workSeconds[i];
    }
    return new Workload(
        name, 0, seconds, arrivals.clone(), work, work.length == 0 ? 0 : sum / work.length);
  }

  /** The name of the shape it was drawn from. */
  public String shape() {
    return shape;
  }

  /** The seed that it was drawn with. */
  public long seed() {
    return seed;
  }

  /** The length of the time in which jobs arrive, in seconds. */
  public double seconds() {
    return seconds;
  }

  /** The number of jobs. */
  public int size() {
    return arrivals.length;
  }

  /** When a job arrives, in seconds since the start; ascending. */
  public double arrival(int job) {
    return arrivals[job];
  }

  /** The time that a warm worker without other jobs needs for a job, in seconds. */
  public double work(int job) {
    return work[job];
  }

  /** The mean of the distribution that the work is drawn from, in seconds. */
  public double meanWork() {
    return meanWork;
  }
}
