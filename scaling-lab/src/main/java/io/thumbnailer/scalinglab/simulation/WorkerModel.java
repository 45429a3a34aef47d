package io.thumbnailer.scalinglab.simulation;

/**
 * How a worker behaves.
 *
 * @param slots jobs at the same time, at least 1
 * @param cpu the CPU that it may use and uses
 * @param start until it takes jobs
 * @param warmUp of its first jobs
 * @param end of its life
 */
public record WorkerModel(int slots, Cpu cpu, Start start, WarmUp warmUp, End end) {

  /** Throws {@link IllegalArgumentException} if there is no slot. */
  public WorkerModel {
    if (slots < 1) {
      throw new IllegalArgumentException("a worker must have at least one slot");
    }
  }

  /**
   * The CPU of a worker.
   *
   * @param requestMilli what its pod requests, in thousandths of a core, above 0
   * @param limit cores that it can use at most, above 0
   * @param share part of a job's time on a warm, unshared worker in which it uses a core; above 0,
   *     at most 1
   * @param idle cores that an idle worker uses
   */
  public record Cpu(long requestMilli, double limit, double share, double idle) {

    /** Throws {@link IllegalArgumentException} if a value is out of range. */
    public Cpu {
      if (requestMilli < 1 || !(limit > 0)) {
        throw new IllegalArgumentException("request and limit must be positive");
      }
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("the CPU share of a job must be in 0..1");
      }
    }
  }

  /**
   * The start of a worker.
   *
   * @param containerSeconds from its place on a node to the start of its process
   * @param bootSeconds mean time from there until it takes jobs
   * @param bootVariation standard deviation of that as a part of the mean
   * @param bootCpu cores used meanwhile
   * @param startupProbeSeconds period of the startup probe
   * @param readinessProbeSeconds period of the readiness probe
   */
  public record Start(
      double containerSeconds,
      double bootSeconds,
      double bootVariation,
      double bootCpu,
      double startupProbeSeconds,
      double readinessProbeSeconds) {

    /** From the decision to the first job at worst, in seconds, when a node has room. */
    public double leadSeconds() {
      return containerSeconds + bootSeconds * (1 + 2 * bootVariation);
    }
  }

  /**
   * The warm-up of a worker: its very first job takes longest, because everything is loaded, and
   * the following ones take less and less, while the code is compiled.
   *
   * @param first how much longer than on a warm worker the first job takes, besides what follows: 0
   *     for none
   * @param factor how much longer each job takes at the beginning: 0 for none
   * @param jobs the number of jobs after which that has fallen to 37 %, above 0
   */
  public record WarmUp(double first, double factor, double jobs) {

    /** No warm-up. */
    public static final WarmUp NONE = new WarmUp(0, 0, 1);

    /**
     * The factor by which a job takes longer than on a warm worker, after the given number of jobs.
     */
    public double slowdown(int done) {
      double later = factor == 0 ? 1 : 1 + factor * Math.exp(-done / jobs);
      return done == 0 ? later + first : later;
    }
  }

  /**
   * The end of a worker.
   *
   * @param graceSeconds for jobs in work when it is stopped; then they are handed back
   * @param shutdownSeconds from the last job's end until the pod is gone
   */
  public record End(double graceSeconds, double shutdownSeconds) {}

  /**
   * The speed of each of the given number of concurrent jobs, from 0 to 1: they share the CPU
   * limit.
   */
  double speed(int busy) {
    double wanted = busy * cpu.share();
    return wanted <= cpu.limit() ? 1 : cpu.limit() / wanted;
  }

  /** The cores used by the given number of jobs. */
  double cores(int busy) {
    return Math.min(cpu.limit(), busy * cpu.share());
  }

  /** The number of jobs that run at full speed; less than the slots if they share the CPU. */
  public double fullSpeedSlots() {
    return slots * speed(slots);
  }
}
