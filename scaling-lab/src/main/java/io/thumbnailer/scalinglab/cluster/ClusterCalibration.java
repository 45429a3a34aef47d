package io.thumbnailer.scalinglab.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.thumbnailer.scalinglab.local.CpuUse;
import io.thumbnailer.scalinglab.local.JobTimes;
import io.thumbnailer.scalinglab.local.WarmUpFit;
import io.thumbnailer.scalinglab.local.WorkerCalibration;
import io.thumbnailer.scalinglab.record.ClusterRow;
import io.thumbnailer.scalinglab.record.Recorder;
import io.thumbnailer.scalinglab.study.Progress;
import io.thumbnailer.scalinglab.upload.ImageMix;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Measures a worker on a cluster. Its autoscaler must keep exactly one worker: each start is a pod
 * that replaces a deleted one.
 */
public final class ClusterCalibration {
  private static final String LABEL = "app.kubernetes.io/name";
  private static final String WORKER = "worker";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Longer than the compiler, the kubelet and the metrics-server need to show an idle worker. */
  private static final Duration SETTLES = Duration.ofSeconds(60);

  /** A reading of the CPU is up to 35 s old. */
  private static final double CPU_LAG_SECONDS = 40;

  private static final int IDLE_READINGS = 6;
  private static final Duration IDLE_PERIOD = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final String namespace;
  private final ClusterLoad load;
  private final Recorder recorder;
  private final Consumer<String> out;

  /**
   * Creates a calibration.
   *
   * @param out receives messages, one line at a time
   */
  public ClusterCalibration(
      KubernetesClient client,
      String namespace,
      ClusterLoad load,
      Recorder recorder,
      Consumer<String> out) {
    this.client = client;
    this.namespace = namespace;
    this.load = load;
    this.recorder = recorder;
    this.out = out;
  }

  /**
   * Measures starts, the jobs of a cold worker, those of a warm one under a backlog, its CPU, and
   * how long an idle worker takes to stop.
   *
   * @param boots starts, at least 1
   * @param coldJobs for the last of them
   * @param warmJobs that the same worker does after a pause
   * @param gapSeconds between two uploads: less than a job takes, so that there is a backlog
   */
  public WorkerCalibration measure(
      double cores,
      ImageMix images,
      String imageText,
      int boots,
      int coldJobs,
      int warmJobs,
      double gapSeconds,
      String machine)
      throws InterruptedException, IOException {
    List<Double> bootSeconds = new ArrayList<>();
    double shutdown = 0;
    ClusterRun cold = new ClusterRun(List.of(), List.of());
    for (int boot = 1; boot <= boots; boot++) {
      out.accept("start " + boot + " of " + boots);
      shutdown = replaceWorker();
      cold = burst(boot == boots ? coldJobs : 1, gapSeconds, images);
      double first = cold.jobs().stream().mapToDouble(JobTimes::began).min().orElseThrow();
      double began = Duration.between(startedAt(), load.began()).toMillis() / 1000.0 + first;
      out.accept("  first job " + Math.round(began) + " s after the start of the container");
      bootSeconds.add(began);
    }
    Thread.sleep(SETTLES.toMillis());
    double idle = idleCores();
    out.accept("the same worker, now warm, with " + warmJobs + " jobs");
    ClusterRun warm = burst(warmJobs, gapSeconds, images);
    double share =
        warm.rows().stream()
            .filter(row -> row.seconds() > CPU_LAG_SECONDS && row.seconds() < warm.lastEnd())
            .mapToDouble(ClusterRow::cpuCores)
            .filter(Double::isFinite)
            .average()
            .orElseThrow(() -> new IOException("the metrics-server reported no CPU of the worker"));
    List<Double> warmTimes = worked(warm);
    double mean = warmTimes.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    List<Double> coldTimes = worked(cold);
    return new WorkerCalibration(
        cores,
        imageText,
        bootSeconds,
        warmTimes,
        coldTimes,
        WarmUpFit.of(coldTimes, mean),
        shutdown,
        new CpuUse(
            "an S3 server in the cluster", List.of(share * mean), List.of(share), idle, cores),
        machine);
  }

  private static List<Double> worked(ClusterRun run) {
    return run.jobs().stream()
        .sorted(Comparator.comparingDouble(JobTimes::began))
        .map(JobTimes::worked)
        .toList();
  }

  private ClusterRun burst(int jobs, double gap, ImageMix images)
      throws InterruptedException, IOException {
    double[] arrivals = IntStream.range(0, jobs).mapToDouble(i -> i * gap).toArray();
    return load.run(arrivals, 1, images, 1, Progress.SILENT);
  }

  private double idleCores() throws InterruptedException {
    double sum = 0;
    for (int i = 0; i < IDLE_READINGS; i++) {
      sum += recorder.look(0).cpuCores();
      Thread.sleep(IDLE_PERIOD.toMillis());
    }
    return sum / IDLE_READINGS;
  }

  /** Deletes the worker and returns how long it took to be gone, in seconds. */
  private double replaceWorker() throws InterruptedException, IOException {
    List<Pod> before = pods();
    if (before.size() != 1) {
      throw new IOException("there must be exactly one worker, not " + before.size());
    }
    String old = before.get(0).getMetadata().getName();
    Instant deleted = Instant.now();
    client.pods().inNamespace(namespace).withName(old).delete();
    while (pods().stream().anyMatch(p -> p.getMetadata().getName().equals(old))) {
      if (deleted.plus(PATIENCE).isBefore(Instant.now())) {
        throw new IOException(old + " does not end");
      }
      Thread.sleep(200);
    }
    return Duration.between(deleted, Instant.now()).toMillis() / 1000.0;
  }

  private Instant startedAt() throws IOException {
    return pods().stream()
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .map(ContainerStatus::getState)
        .map(state -> state.getRunning())
        .filter(Objects::nonNull)
        .map(running -> Instant.parse(running.getStartedAt()))
        .findFirst()
        .orElseThrow(() -> new IOException("no worker runs"));
  }

  private List<Pod> pods() {
    return client.pods().inNamespace(namespace).withLabel(LABEL, WORKER).list().getItems();
  }
}
