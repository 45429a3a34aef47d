package io.thumbnailer.scalinglab.local;

import io.thumbnailer.scalinglab.elasticity.StepFunction;
import io.thumbnailer.scalinglab.hpa.PodStatus;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A given number of real workers, each limited to the same share of a core. */
final class WorkerFleet implements AutoCloseable {
  private final LocalServices services;
  private final double cores;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private final List<WorkerProcess> all = new ArrayList<>();
  private StepFunction wanted = new StepFunction(0);
  private StepFunction supply = new StepFunction(0);
  private long began = System.nanoTime();
  private int next = 1;

  WorkerFleet(LocalServices services, double cores) {
    this.services = services;
    this.cores = cores;
  }

  /** Sets the run's time 0 to now; existing workers started before it. */
  void beginRun() {
    double passed = seconds();
    began = System.nanoTime();
    all.removeIf(WorkerProcess::hasEnded);
    all.forEach(worker -> worker.shift(passed));
    wanted = new StepFunction(active().size());
    supply = new StepFunction(readyCount());
  }

  double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }

  void scaleTo(int replicas) throws IOException {
    double now = seconds();
    wanted.set(now, replicas);
    while (active().size() < replicas) {
      String name = "worker-" + next++;
      CpuQuota quota = CpuQuota.of(run + "-" + name, cores);
      all.add(new WorkerProcess(name, services.launchWorker(), quota, now));
    }
    active().stream()
        .sorted(
            Comparator.comparing(WorkerProcess::isReady)
                .thenComparing(Comparator.comparingDouble(WorkerProcess::startedAt).reversed()))
        .limit(Math.max(0, active().size() - (long) replicas))
        .forEach(worker -> worker.stop(now));
    supply.set(now, readyCount());
  }

  /** Checks all processes. */
  void look() throws InterruptedException {
    for (WorkerProcess worker : all) {
      worker.look(http, seconds());
    }
    supply.set(seconds(), readyCount());
  }

  List<WorkerProcess> active() {
    return all.stream().filter(w -> !w.isStopping() && !w.hasEnded()).toList();
  }

  List<WorkerProcess> all() {
    return List.copyOf(all);
  }

  int readyCount() {
    return (int) active().stream().filter(WorkerProcess::isReady).count();
  }

  /** Returns the workers as the pods of a cluster, with times in milliseconds of the run. */
  List<PodStatus> pods() {
    return all.stream().filter(worker -> !worker.hasEnded()).map(WorkerFleet::pod).toList();
  }

  private static PodStatus pod(WorkerProcess worker) {
    return new PodStatus(
        worker.name(),
        PodStatus.Phase.RUNNING,
        worker.isStopping(),
        Math.round(worker.startedAt() * 1000),
        worker.isReady() ? PodStatus.Readiness.TRUE : PodStatus.Readiness.FALSE,
        Math.round((worker.isReady() ? worker.readyAt() : worker.startedAt()) * 1000),
        Map.of("cpu", 1000L));
  }

  StepFunction wanted() {
    return wanted;
  }

  StepFunction supply() {
    return supply;
  }

  @Override
  public void close() {
    all.stream().filter(worker -> !worker.hasEnded()).forEach(WorkerProcess::end);
  }
}
