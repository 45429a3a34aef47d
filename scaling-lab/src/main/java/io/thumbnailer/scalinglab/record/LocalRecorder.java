package io.thumbnailer.scalinglab.record;

import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Observes worker servers through their own endpoints, without a cluster. A worker that does not
 * respond counts as not running.
 */
public final class LocalRecorder implements Recorder {
  private static final String CPU_TIME = "cpu_processCpuTime_seconds";
  private static final String UPTIME = "jvm_uptime_seconds";

  private final List<URI> workers;
  private final DoubleSupplier backlog;
  private final ServerEndpoints endpoints = new ServerEndpoints();
  private final Map<URI, Double> cpuTimes = new HashMap<>();
  private final Set<URI> readyBefore = new HashSet<>();
  private double newestReadySeconds = Double.NaN;
  private double lastSeconds = Double.NaN;

  /**
   * Creates a recorder of the given workers.
   *
   * @param workers their addresses; each counts as desired
   * @param backlog reads the number of jobs waiting or in progress; NaN if unavailable
   */
  public LocalRecorder(List<URI> workers, DoubleSupplier backlog) {
    this.workers = List.copyOf(workers);
    this.backlog = backlog;
  }

  @Override
  public ClusterRow look(double seconds) {
    int running = 0;
    int ready = 0;
    double cpuSeconds = 0;
    boolean measured = false;
    for (URI worker : workers) {
      if (!endpoints.isUp(worker.resolve("/health/live"))) {
        readyBefore.remove(worker);
        cpuTimes.remove(worker);
        continue;
      }
      running++;
      String metrics = endpoints.text(worker.resolve("/metrics"));
      if (endpoints.isUp(worker.resolve("/health/ready"))) {
        ready++;
        becameReady(worker, PrometheusText.sum(metrics, UPTIME));
      }
      double time = PrometheusText.sum(metrics, CPU_TIME);
      Double before = Double.isNaN(time) ? null : cpuTimes.put(worker, time);
      // A smaller time than before means another process at the same address.
      if (before != null && time >= before) {
        cpuSeconds += time - before;
        measured = true;
      }
    }
    double cores = measured ? cpuSeconds / (seconds - lastSeconds) : Double.NaN;
    lastSeconds = seconds;
    return new ClusterRow(
        seconds,
        running,
        workers.size(),
        "",
        "",
        "",
        workers.size() - running,
        running,
        ready,
        0,
        newestReadySeconds,
        backlog.getAsDouble(),
        cores);
  }

  /** A worker that is ready at the first observation became ready at an unknown time. */
  private void becameReady(URI worker, double uptime) {
    if (readyBefore.add(worker) && !Double.isNaN(lastSeconds)) {
      newestReadySeconds = uptime;
    }
  }
}
