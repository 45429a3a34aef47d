package io.thumbnailer.scalinglab.local;

import io.thumbnailer.scalinglab.hpa.ControllerSettings;
import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.report.Calibration;
import io.thumbnailer.scalinglab.scaler.FixedScaler;
import io.thumbnailer.scalinglab.scaler.HpaScaler;
import io.thumbnailer.scalinglab.simulation.WorkerModel.WarmUp;
import io.thumbnailer.scalinglab.study.Progress;
import io.thumbnailer.scalinglab.upload.ImageMix;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Real servers on this machine: measures a worker, runs loads, and simulates the same loads. */
public final class LocalLab implements AutoCloseable {
  static final double SCRAPE_SECONDS = 5;
  static final double SYNC_PHASE_SECONDS = 7;
  private static final int WARM_JOBS = 300;

  /**
   * The compiler shares the worker's CPU quota with the jobs: for some time after many jobs it
   * still compiles their code, which does not happen in a worker with pauses.
   */
  private static final Duration COMPILER_SETTLES = Duration.ofSeconds(40);

  /** Faster than a cold worker, and slow enough for ingest, which is cold as well. */
  private static final double COLD_GAP_SECONDS = 0.2;

  /**
   * Faster than a warm worker with part of a core: a worker that waits between its jobs accumulates
   * its CPU share and would seem twice as fast as under a saturating load. Not faster than that, so
   * that uploads use no more of the machine than those of a load.
   */
  private static final double WARM_GAP_SECONDS = 0.1;

  private static final int WITHOUT_BACKLOG = 50;
  private static final int CPU_BATCHES = 8;
  private static final int CPU_BATCH_JOBS = 60;
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final LocalServices services;
  private final WorkerFleet fleet;
  private final ImageMix images;
  private final String imageText;
  private final String s3;
  private final double cores;
  private final Consumer<String> out;

  /**
   * Starts Redis, S3 and ingest; no worker yet.
   *
   * @param s3 the delay of each call to S3, in words
   * @param cores that each worker is limited to
   * @param out receives messages, one line at a time
   */
  public LocalLab(
      LocalServices services, String imageText, String s3, double cores, Consumer<String> out) {
    this.services = services;
    this.s3 = s3;
    this.fleet = new WorkerFleet(services, cores);
    this.imageText = imageText;
    this.images = ImageMix.parse(imageText);
    this.cores = cores;
    this.out = out;
  }

  /**
   * Measures the boots of workers, the jobs of a cold worker, its jobs after a pause, and how long
   * an idle worker takes to stop.
   *
   * @param coldJobs given to the first worker at once while it starts
   * @param boots workers that are started, one after the other, at least 1
   */
  public WorkerCalibration calibrate(int coldJobs, int boots, String machine)
      throws InterruptedException, IOException {
    List<Double> bootSeconds = new ArrayList<>();
    out.accept("a cold worker with " + coldJobs + " jobs");
    RealRun first = burst(1, COLD_GAP_SECONDS);
    WorkerProcess worker = fleet.all().get(0);
    double bootCores = worker.cpuSeconds() / (fleet.seconds() - worker.startedAt());
    bootSeconds.add(first.jobs().get(0).began() - worker.startedAt());
    RealRun cold = burst(coldJobs - 1, COLD_GAP_SECONDS);
    List<Double> times = new ArrayList<>(workedInOrder(first));
    times.addAll(workedInOrder(cold));
    out.accept("the same worker, now warm, with " + WARM_JOBS + " jobs after a pause");
    Thread.sleep(COMPILER_SETTLES.toMillis());
    List<Double> warm = workedInOrder(burst(WARM_JOBS, WARM_GAP_SECONDS));
    warm = warm.subList(WITHOUT_BACKLOG, warm.size());
    CpuUse cpu = cpuUse(worker, bootCores);
    double shutdown = stopAll();
    for (int i = 1; i < boots; i++) {
      out.accept("boot " + (i + 1) + " of " + boots);
      RealRun run = burst(1, COLD_GAP_SECONDS);
      WorkerProcess next = fleet.all().get(fleet.all().size() - 1);
      bootSeconds.add(run.jobs().get(0).began() - next.startedAt());
      shutdown = stopAll();
    }
    double warmMean = warm.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    WarmUp warmUp = WarmUpFit.of(times, warmMean);
    return new WorkerCalibration(
        cores, imageText, bootSeconds, warm, times, warmUp, shutdown, cpu, machine);
  }

  /** Measures a warm worker: idle for some time, then batch by batch under a backlog. */
  private CpuUse cpuUse(WorkerProcess worker, double bootCores)
      throws InterruptedException, IOException {
    out.accept("its CPU, idle and over " + CPU_BATCHES + " batches of jobs");
    double before = worker.cpuSeconds();
    Thread.sleep(IDLE.toMillis());
    double idle = (worker.cpuSeconds() - before) / IDLE.toSeconds();
    List<Double> jobSeconds = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (int batch = 0; batch < CPU_BATCHES; batch++) {
      double cpu = worker.cpuSeconds();
      RealRun run = burst(CPU_BATCH_JOBS, WARM_GAP_SECONDS);
      double worked = run.jobs().stream().mapToDouble(JobTimes::worked).sum();
      double used = worker.cpuSeconds() - cpu - idle * Math.max(0, run.endSeconds() - worked);
      jobSeconds.add(used / run.jobs().size());
      shares.add(used / worked);
    }
    return new CpuUse(s3, jobSeconds, shares, idle, bootCores);
  }

  private static List<Double> workedInOrder(RealRun run) {
    return run.jobs().stream()
        .sorted(Comparator.comparingDouble(JobTimes::began))
        .map(JobTimes::worked)
        .toList();
  }

  /** Sends jobs to one worker. */
  private RealRun burst(int jobs, double gap) throws InterruptedException, IOException {
    double[] arrivals = IntStream.range(0, jobs).mapToDouble(i -> i * gap).toArray();
    return new LocalRun(services, fleet, SCRAPE_SECONDS)
        .run(arrivals, 1, images, new FixedScaler(1), Duration.ofMinutes(10), Progress.SILENT);
  }

  /** Stops all workers and returns how long the last one took. */
  private double stopAll() throws InterruptedException, IOException {
    double began = fleet.seconds();
    fleet.scaleTo(0);
    while (fleet.all().stream().anyMatch(worker -> !worker.hasEnded())) {
      fleet.look();
      Thread.sleep(50);
    }
    return fleet.seconds() - began;
  }

  /**
   * Runs a load over real workers and simulates it.
   *
   * @param name for the file and the report
   * @param warmJobs for the first worker before the run, which is a new one
   */
  public Calibration compare(
      String name,
      String description,
      double[] arrivals,
      double seconds,
      HpaSpec spec,
      WorkerCalibration worker,
      int warmJobs,
      String machine,
      Progress progress)
      throws InterruptedException, IOException {
    out.accept("the first worker starts and warms up with " + warmJobs + " jobs");
    stopAll();
    burst(warmJobs, COLD_GAP_SECONDS);
    Thread.sleep(COMPILER_SETTLES.toMillis());
    out.accept(description);
    ControllerSettings controller = ControllerSettings.DEFAULTS;
    RealRun real =
        new LocalRun(services, fleet, SCRAPE_SECONDS)
            .run(
                arrivals,
                seconds,
                images,
                new HpaScaler(spec, controller, SYNC_PHASE_SECONDS),
                Duration.ofMinutes(5),
                progress);
    List<Double> sent = real.jobs().stream().map(job -> Math.max(0, job.sent())).sorted().toList();
    SimulatedRun simulated = new SimulatedRun(sent, real.seconds(), warmJobs, spec, worker);
    return new Calibration(
        name,
        description,
        "HPA on the backlog: "
            + spec.metrics().get(0).label()
            + ", "
            + spec.minReplicas()
            + " to "
            + spec.maxReplicas()
            + " workers",
        "Each worker limited to "
            + cores
            + " of a core by its cgroup, one job at a time, images "
            + imageText,
        machine,
        real.seconds(),
        warmJobs,
        sent,
        real.figures(),
        simulated.figures(),
        real.curve(),
        simulated.curve());
  }

  /** Stops the workers; the owner of the services stops the services. */
  @Override
  public void close() {
    fleet.close();
  }
}
