package io.thumbnailer.scalinglab.simulation;

import io.thumbnailer.scalinglab.hpa.PodStatus;
import java.util.Arrays;
import java.util.Map;

/**
 * One worker. Its jobs share its CPU evenly: a virtual clock counts the work that each of them has
 * received, and a job is done when that clock has advanced by the job's work.
 */
final class Pod {
  static final int NO_JOB = -1;

  final int index;
  final long uid;
  final String name;
  final int node;
  final double createdAt;
  final double scheduledAt;
  final double runningAt;
  final double consumesAt;
  final double readyAt;

  boolean consuming;
  boolean terminating;
  boolean lost;
  boolean gone;
  int busy;
  int done;
  double unreadyAt = Double.POSITIVE_INFINITY;

  private final WorkerModel model;
  private final Map<String, Long> requests;
  private final int[] jobs;
  private final double[] startedAt;
  private final double[] doneAtClock;
  private double clock;
  private double asOf;
  private double cpuSeconds;

  Pod(
      int index,
      long uid,
      int node,
      double createdAt,
      double scheduledAt,
      double imageAt,
      double bootSeconds,
      double probeSeconds,
      WorkerModel model,
      Map<String, Long> requests) {
    this.index = index;
    this.uid = uid;
    this.name = "worker-" + index;
    this.node = node;
    this.model = model;
    this.requests = requests;
    this.createdAt = createdAt;
    this.scheduledAt = scheduledAt;
    this.runningAt = Math.max(scheduledAt, imageAt) + model.start().containerSeconds();
    this.consumesAt = runningAt + bootSeconds;
    this.readyAt = consumesAt + probeSeconds;
    this.asOf = runningAt;
    this.jobs = new int[model.slots()];
    this.startedAt = new double[model.slots()];
    this.doneAtClock = new double[model.slots()];
    Arrays.fill(jobs, NO_JOB);
  }

  /** Brings the clock and the used CPU up to a time. */
  void advance(double now) {
    double passed = now - asOf;
    if (passed <= 0) {
      return;
    }
    if (busy > 0) {
      clock += passed * model.speed(busy);
      cpuSeconds += passed * Math.max(model.cpu().idle(), model.cores(busy));
    } else {
      cpuSeconds += passed * (consuming ? model.cpu().idle() : model.start().bootCpu());
    }
    asOf = now;
  }

  /** Cores times seconds used since its process started; up to date after {@link #advance}. */
  double cpuSeconds() {
    return cpuSeconds;
  }

  boolean takesJobs() {
    return consuming && !terminating && !lost;
  }

  /** Takes a job; the pod must be up to date and have a free slot. */
  void start(int job, double work, double now) {
    int slot = 0;
    while (jobs[slot] != NO_JOB) {
      slot++;
    }
    jobs[slot] = job;
    startedAt[slot] = now;
    doneAtClock[slot] = clock + work * model.warmUp().slowdown(done);
    busy++;
  }

  /** When the next of its jobs is done, if nothing changes; infinite without a job. */
  double nextDeparture() {
    return busy == 0
        ? Double.POSITIVE_INFINITY
        : asOf + Math.max(0, doneAtClock[nextSlot()] - clock) / model.speed(busy);
  }

  /** The slot whose job is done next; there must be one. */
  int nextSlot() {
    int best = -1;
    for (int slot = 0; slot < jobs.length; slot++) {
      if (jobs[slot] != NO_JOB && (best < 0 || doneAtClock[slot] < doneAtClock[best])) {
        best = slot;
      }
    }
    return best;
  }

  int job(int slot) {
    return jobs[slot];
  }

  double startedAt(int slot) {
    return startedAt[slot];
  }

  /** Frees a slot. */
  void clear(int slot) {
    jobs[slot] = NO_JOB;
    busy--;
  }

  int slots() {
    return jobs.length;
  }

  boolean isReady(double now) {
    return now >= readyAt && now < unreadyAt;
  }

  PodStatus status(double now) {
    return new PodStatus(
        name,
        now >= runningAt ? PodStatus.Phase.RUNNING : PodStatus.Phase.PENDING,
        terminating,
        now >= scheduledAt ? Math.round(scheduledAt * 1000) : PodStatus.NEVER,
        isReady(now) ? PodStatus.Readiness.TRUE : PodStatus.Readiness.FALSE,
        Math.round(readinessChangedAt(now) * 1000),
        requests);
  }

  private double readinessChangedAt(double now) {
    if (now >= unreadyAt) {
      return unreadyAt;
    }
    return now >= readyAt ? readyAt : scheduledAt;
  }
}
