package io.thumbnailer.scalinglab.simulation;

import io.thumbnailer.scalinglab.elasticity.StepFunction;
import io.thumbnailer.scalinglab.hpa.PodStatus;
import io.thumbnailer.scalinglab.load.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The workers and the queue between them and the arrivals. */
final class Fleet {
  private static final double FASTEST_BOOT = 0.3;

  /**
   * Time without contact to a node after which its pods are marked as not ready
   * (node-monitor-grace-period) and deleted (tolerationSeconds in kubernetes/base is 0).
   */
  private static final double NODE_SILENCE_SECONDS = 50;

  /**
   * Time without contact to a worker after which another takes over its jobs
   * (THUMBNAILER_WORKER_LEASE).
   */
  private static final double LEASE_SECONDS = 15;

  private final Workload workload;
  private final WorkerModel model;
  private final Agenda agenda;
  private final SplittableRandom random;
  private final long podSeed;
  private final JobLog log;
  private final Nodes nodes;
  private final Map<String, Long> requests;
  private final CpuSamples cpu;
  private final ControlPlane controlPlane;
  private final Retries retries;
  private final DepartureHeap departures = new DepartureHeap();
  private final IntDeque queue = new IntDeque();
  private final IntDeque idle = new IntDeque();
  private final List<Pod> all = new ArrayList<>();
  private final List<Pod> alive = new ArrayList<>();
  private final StepFunction wanted = new StepFunction(0);
  private final StepFunction supply = new StepFunction(0);
  private final StepFunction paid = new StepFunction(0);
  private int active;
  private int inFlight;
  private long arrivals;

  Fleet(
      Workload workload,
      SimulationSettings settings,
      Agenda agenda,
      SplittableRandom random,
      JobLog log,
      CpuSamples cpu) {
    this.workload = workload;
    this.model = settings.worker();
    this.controlPlane = settings.controlPlane();
    this.cpu = cpu;
    this.agenda = agenda;
    this.random = random;
    this.podSeed = random.nextLong();
    this.retries = new Retries(settings.outages().failedAttempts(), podSeed);
    this.log = log;
    this.nodes = new Nodes(settings.nodes());
    this.requests = Map.of("cpu", model.cpu().requestMilli());
  }

  /** Adds workers that started long before the run and have done some jobs. */
  void startWith(int replicas, int jobs) {
    for (int i = 0; i < replicas; i++) {
      Pod pod =
          new Pod(
              all.size(),
              podRandom().nextLong(),
              nodes.take(0),
              -3600,
              -3600,
              -3600,
              0,
              0,
              model,
              requests);
      pod.done = jobs;
      add(pod);
      pod.advance(0);
      consume(pod, 0);
    }
    wanted.set(0, replicas);
  }

  /** Sets the target's spec; the pods follow when the controllers have seen it. */
  void scaleTo(int replicas, double now) {
    if (replicas == (int) wanted.last()) {
      return;
    }
    wanted.set(now, replicas);
    double seen = now + controlPlane.seconds(random);
    agenda.plan(seen, () -> adjust(seen));
  }

  private void adjust(double now) {
    int replicas = (int) wanted.last();
    while (active < replicas) {
      create(now);
    }
    if (active > replicas) {
      alive.stream()
          .filter(pod -> !pod.terminating)
          .sorted(new VictimOrder(alive, now, controlPlane.deletionCost()).comparator())
          .limit(active - (long) replicas)
          .toList()
          .forEach(pod -> terminate(pod, now));
    }
  }

  void arrive(int job, double now) {
    arrivals++;
    enqueue(job, now);
  }

  private void enqueue(int job, double now) {
    while (!idle.isEmpty()) {
      Pod pod = all.get(idle.removeFirst());
      if (pod.takesJobs()) {
        begin(pod, job, now);
        return;
      }
    }
    queue.addLast(job);
  }

  double nextDeparture() {
    return departures.soonest();
  }

  /** Completes the job of {@link #nextDeparture}. */
  void depart(double now) {
    Pod pod = all.get(departures.soonestPod());
    pod.advance(now);
    int slot = pod.nextSlot();
    int job = pod.job(slot);
    double delay = retries.delayAfter(job);
    if (delay < 0) {
      log.done(job, pod.startedAt(slot), now);
    } else {
      double again = now + delay;
      agenda.plan(again, () -> retry(job, again));
    }
    pod.clear(slot);
    pod.done++;
    inFlight--;
    if (pod.terminating) {
      departures.set(pod.index, pod.nextDeparture());
      if (pod.busy == 0) {
        removeLater(pod, now);
      }
    } else if (queue.isEmpty()) {
      departures.set(pod.index, pod.nextDeparture());
      idle.addLast(pod.index);
    } else {
      begin(pod, queue.removeFirst(), now);
    }
  }

  private void retry(int job, double now) {
    retries.returned();
    enqueue(job, now);
  }

  private void begin(Pod pod, int job, double now) {
    pod.advance(now);
    pod.start(job, workload.work(job), now);
    inFlight++;
    departures.set(pod.index, pod.nextDeparture());
  }

  private void create(double now) {
    int node = nodes.take(now);
    SplittableRandom own = podRandom();
    double boot =
        model.start().bootSeconds()
            * Math.max(FASTEST_BOOT, 1 + model.start().bootVariation() * own.nextGaussian());
    double probes =
        own.nextDouble() * model.start().startupProbeSeconds()
            + own.nextDouble() * model.start().readinessProbeSeconds();
    Pod pod =
        new Pod(
            all.size(),
            own.nextLong(),
            node,
            now,
            nodes.availableAt(node, now),
            nodes.imageAt(node),
            boot,
            probes,
            model,
            requests);
    add(pod);
    agenda.plan(pod.consumesAt, () -> consume(pod, pod.consumesAt));
  }

  /** The n-th worker of a run is the same under every policy. */
  private SplittableRandom podRandom() {
    return new SplittableRandom(podSeed + 0x9E3779B97F4A7C15L * all.size());
  }

  private void add(Pod pod) {
    all.add(pod);
    alive.add(pod);
    active++;
    cpu.watch(pod, Math.max(0, pod.createdAt));
    agenda.plan(Math.max(0, pod.scheduledAt), () -> paidChanged(Math.max(0, pod.scheduledAt)));
  }

  private void consume(Pod pod, double now) {
    if (pod.terminating || pod.lost) {
      return;
    }
    pod.advance(now);
    pod.consuming = true;
    supplyChanged(now);
    for (int slot = 0; slot < pod.slots(); slot++) {
      if (queue.isEmpty()) {
        idle.addLast(pod.index);
      } else {
        begin(pod, queue.removeFirst(), now);
      }
    }
  }

  private void terminate(Pod pod, double now) {
    pod.terminating = true;
    active--;
    supplyChanged(now);
    if (!pod.consuming || pod.lost) {
      remove(pod, now);
    } else if (pod.busy == 0) {
      removeLater(pod, now);
    } else {
      agenda.plan(
          now + model.end().graceSeconds(), () -> handBack(pod, now + model.end().graceSeconds()));
    }
  }

  /** After the grace period, unfinished jobs return to the head of the queue. */
  private void handBack(Pod pod, double now) {
    if (pod.busy == 0) {
      return;
    }
    takeBack(pod, now);
    removeLater(pod, now);
    serveWaiting(now);
  }

  private void takeBack(Pod pod, double now) {
    pod.advance(now);
    for (int slot = pod.slots() - 1; slot >= 0; slot--) {
      int job = pod.job(slot);
      if (job != Pod.NO_JOB) {
        pod.clear(slot);
        inFlight--;
        log.interrupted();
        queue.addFirst(job);
      }
    }
    departures.set(pod.index, Double.POSITIVE_INFINITY);
  }

  private void serveWaiting(double now) {
    while (!queue.isEmpty() && !idle.isEmpty()) {
      Pod free = all.get(idle.removeFirst());
      if (free.takesJobs()) {
        begin(free, queue.removeFirst(), now);
      }
    }
  }

  /**
   * Loses the node with most workers; other workers take over its jobs, and its pods are replaced
   * later.
   */
  void loseNode(double now) {
    Map<Integer, Integer> pods = new HashMap<>();
    alive.forEach(pod -> pods.merge(pod.node, 1, Integer::sum));
    if (pods.isEmpty()) {
      return;
    }
    int node = Collections.max(pods.entrySet(), Map.Entry.comparingByValue()).getKey();
    nodes.lose(node);
    List<Pod> victims = alive.stream().filter(pod -> pod.node == node).toList();
    for (Pod pod : victims) {
      pod.advance(now);
      pod.lost = true;
      pod.unreadyAt = now + NODE_SILENCE_SECONDS;
      departures.set(pod.index, Double.POSITIVE_INFINITY);
    }
    supplyChanged(now);
    double lease = now + LEASE_SECONDS;
    agenda.plan(
        lease,
        () -> {
          victims.forEach(pod -> takeBack(pod, lease));
          serveWaiting(lease);
        });
    double deleted = now + NODE_SILENCE_SECONDS;
    agenda.plan(
        deleted,
        () -> {
          for (Pod pod : victims) {
            if (!pod.terminating) {
              pod.terminating = true;
              active--;
            }
            remove(pod, deleted);
          }
          adjust(deleted);
        });
  }

  private void removeLater(Pod pod, double now) {
    double end = now + model.end().shutdownSeconds();
    agenda.plan(end, () -> remove(pod, end));
  }

  private void remove(Pod pod, double now) {
    if (pod.gone) {
      return;
    }
    pod.gone = true;
    alive.remove(pod);
    nodes.giveBack(pod.node);
    paidChanged(now);
  }

  private void paidChanged(double now) {
    int count = 0;
    for (Pod pod : alive) {
      if (pod.scheduledAt <= now) {
        count++;
      }
    }
    paid.set(now, count);
  }

  private void supplyChanged(double now) {
    int count = 0;
    for (Pod pod : alive) {
      if (pod.takesJobs()) {
        count++;
      }
    }
    supply.set(now, count);
  }

  List<PodStatus> statuses(double now) {
    List<PodStatus> statuses = new ArrayList<>(alive.size());
    for (Pod pod : alive) {
      statuses.add(pod.status(now));
    }
    return statuses;
  }

  List<Pod> alive() {
    return alive;
  }

  int active() {
    return active;
  }

  int backlog() {
    return queue.size() + inFlight;
  }

  /** Whether no job waits, not even for its next attempt, or is in progress. */
  boolean isEmpty() {
    return backlog() == 0 && retries.waiting() == 0;
  }

  /** The number of jobs that have arrived. */
  long arrivals() {
    return arrivals;
  }

  int inFlight() {
    return inFlight;
  }

  /** Age in seconds of the oldest job that is waiting or in progress; 0 without one. */
  double oldestAge(double now) {
    double oldest = queue.isEmpty() ? now : workload.arrival(queue.first());
    for (Pod pod : alive) {
      for (int slot = 0; slot < pod.slots(); slot++) {
        if (pod.job(slot) != Pod.NO_JOB) {
          oldest = Math.min(oldest, workload.arrival(pod.job(slot)));
        }
      }
    }
    return now - oldest;
  }

  StepFunction wanted() {
    return wanted;
  }

  StepFunction supply() {
    return supply;
  }

  StepFunction paid() {
    return paid;
  }
}
