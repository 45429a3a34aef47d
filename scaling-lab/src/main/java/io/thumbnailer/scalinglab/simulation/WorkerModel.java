package io.thumbnailer.scalinglab.simulation;

/**
 * How a worker behaves.
 *
 * @param slots jobs at the same time, at least 1
 * @param cpuRequestMilli what its pod requests, in thousandths of a core, above 0
 * @param cpuLimit cores that it can use at most, above 0
 * @param cpuShare part of a job's time on a warm, unshared worker in which it uses a core; above 0,
 *     at most 1
 * @param idleCpu cores that an idle worker uses
 * @param containerSeconds from its place on a node to the start of its process
 * @param bootSeconds mean time from there until it takes jobs
 * @param bootVariation standard deviation of that as a part of the mean
 * @param bootCpu cores used meanwhile
 * @param startupProbeSeconds period of the startup probe
 * @param readinessProbeSeconds period of the readiness probe
 * @param warmupFactor how much longer than on a warm worker the first job takes, less 1: 0 for none
 * @param warmupJobs after so many jobs that has fallen to 37 %
 * @param graceSeconds for jobs in work when the worker is stopped; then they are handed back
 * @param shutdownSeconds from the last job's end until the pod is gone
 */
public record WorkerModel(
    int slots,
    long cpuRequestMilli,
    double cpuLimit,
    double cpuShare,
    double idleCpu,
    double containerSeconds,
    double bootSeconds,
    double bootVariation,
    double bootCpu,
    double startupProbeSeconds,
    double readinessProbeSeconds,
    double warmupFactor,
    double warmupJobs,
    double graceSeconds,
    double shutdownSeconds) {

  /** Throws {@link IllegalArgumentException} when a value is out of its range. */
  public WorkerModel {
    if (slots < 1 || cpuRequestMilli < 1 || !(cpuLimit > 0)) {
      throw new IllegalArgumentException("slots, request and limit must be positive");
    }
    if (!(cpuShare > 0 && cpuShare <= 1)) {
      throw new IllegalArgumentException("the CPU share of a job must be in 0..1");
    }
  }

  /** How fast each of so many jobs goes, of 1: they share the CPU limit. */
  double speed(int busy) {
    double wanted = busy * cpuShare;
    return wanted <= cpuLimit ? 1 : cpuLimit / wanted;
  }

  /** Cores used by so many jobs. */
  double cpu(int busy) {
    return Math.min(cpuLimit, busy * cpuShare);
  }

  /** How much longer a job takes after so many done. */
  double warmup(int done) {
    return warmupFactor == 0 ? 1 : 1 + warmupFactor * Math.exp(-done / warmupJobs);
  }

  /** Jobs that it does at the speed of one alone; less than its slots when they share the CPU. */
  public double fullSpeedSlots() {
    return slots * speed(slots);
  }

  /** From the decision to the first job at worst, in seconds, when a node has room. */
  public double leadSeconds() {
    return containerSeconds + bootSeconds * (1 + 2 * bootVariation);
  }

  /** The same with other boot times. */
  public WorkerModel withBoot(double mean, double variation, double cpu) {
    return new WorkerModel(
        slots,
        cpuRequestMilli,
        cpuLimit,
        cpuShare,
        idleCpu,
        containerSeconds,
        mean,
        variation,
        cpu,
        startupProbeSeconds,
        readinessProbeSeconds,
        warmupFactor,
        warmupJobs,
        graceSeconds,
        shutdownSeconds);
  }

  /** The same with another warm-up. */
  public WorkerModel withWarmup(double factor, double jobs) {
    return new WorkerModel(
        slots,
        cpuRequestMilli,
        cpuLimit,
        cpuShare,
        idleCpu,
        containerSeconds,
        bootSeconds,
        bootVariation,
        bootCpu,
        startupProbeSeconds,
        readinessProbeSeconds,
        factor,
        jobs,
        graceSeconds,
        shutdownSeconds);
  }

  /** The same with other slots and CPU limit. */
  public WorkerModel withSlots(int count, double limit) {
    return new WorkerModel(
        count,
        cpuRequestMilli,
        limit,
        cpuShare,
        idleCpu,
        containerSeconds,
        bootSeconds,
        bootVariation,
        bootCpu,
        startupProbeSeconds,
        readinessProbeSeconds,
        warmupFactor,
        warmupJobs,
        graceSeconds,
        shutdownSeconds);
  }

  /** The same with another end of life. */
  public WorkerModel withShutdown(double grace, double shutdown) {
    return new WorkerModel(
        slots,
        cpuRequestMilli,
        cpuLimit,
        cpuShare,
        idleCpu,
        containerSeconds,
        bootSeconds,
        bootVariation,
        bootCpu,
        startupProbeSeconds,
        readinessProbeSeconds,
        warmupFactor,
        warmupJobs,
        grace,
        shutdown);
  }

  /** The same with another time from the node to the process. */
  public WorkerModel withContainer(double seconds) {
    return new WorkerModel(
        slots,
        cpuRequestMilli,
        cpuLimit,
        cpuShare,
        idleCpu,
        seconds,
        bootSeconds,
        bootVariation,
        bootCpu,
        startupProbeSeconds,
        readinessProbeSeconds,
        warmupFactor,
        warmupJobs,
        graceSeconds,
        shutdownSeconds);
  }
}
