package io.thumbnailer.scalinglab.cli;

import io.thumbnailer.devservices.S3Delay;
import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.hpa.MetricSpec;
import io.thumbnailer.scalinglab.load.LoadShape;
import io.thumbnailer.scalinglab.local.LocalLab;
import io.thumbnailer.scalinglab.local.LocalServices;
import io.thumbnailer.scalinglab.local.SimulatedRun;
import io.thumbnailer.scalinglab.local.WorkerCalibration;
import io.thumbnailer.scalinglab.manifest.HpaManifest;
import io.thumbnailer.scalinglab.report.Calibration;
import io.thumbnailer.scalinglab.report.LabFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the control loop over real workers, and compares the run with its simulation. */
@Command(
    name = "run",
    description =
        "Scales real worker servers on this machine by the real backlog, and compares the run with"
            + " its simulation. Needs the packaged project (./mvnw package -DskipTests) and a"
            + " writable cgroup.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final String WORKER = "worker.json";

  @Spec CommandSpec spec;

  @Option(
      names = "--local",
      required = true,
      description = "Real servers on this machine; required.")
  boolean local;

  @Option(
      names = "--calibrate",
      description = "Measures a worker first and writes worker.json, which the loads need.")
  boolean calibrate;

  @Option(
      names = "--resimulate",
      description =
          "Simulates the runs in --out again with the current worker.json, without real servers.")
  boolean resimulate;

  @Option(
      names = "--shapes",
      split = ",",
      description = "Loads to run one after the other (default: none).")
  List<ShapeName> shapes = List.of();

  @Option(
      names = "--base",
      description = "The lowest rate, in jobs per second (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  double base;

  @Option(
      names = "--peak",
      description = "The highest rate, in jobs per second (default: ${DEFAULT-VALUE}).",
      defaultValue = "14")
  double peak;

  @Option(
      names = "--seconds",
      description = "The length of each load (default: ${DEFAULT-VALUE}).",
      defaultValue = "240")
  double seconds;

  @Option(
      names = "--seed",
      description = "The same seed gives the same arrivals (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  long seed;

  @Option(
      names = "--cold-jobs",
      description = "Jobs for the cold worker that is measured (default: ${DEFAULT-VALUE}).",
      defaultValue = "900")
  int coldJobs;

  @Option(
      names = "--boots",
      description = "Starts that are measured (default: ${DEFAULT-VALUE}).",
      defaultValue = "2")
  int boots;

  @Option(
      names = "--warm-jobs",
      description =
          "Jobs that warm the first worker before a load, as many as a cold worker is measured with"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "900")
  int warmJobs;

  @Option(
      names = "--cores",
      description = "Share of a core for each worker (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.3")
  double cores;

  @Option(
      names = "--max-workers",
      description = "The maximum number of workers (default: ${DEFAULT-VALUE}).",
      defaultValue = "2")
  int maxWorkers;

  @Option(
      names = "--target",
      description = "Backlog per worker (default: as in hpa-queue).",
      defaultValue = "0")
  int target;

  @Option(
      names = "--images",
      description = "Sizes and weights of the images (default: ${DEFAULT-VALUE}).",
      defaultValue = "4000x3000:1")
  String images;

  @Option(
      names = "--s3-delay",
      paramLabel = "MS-MS",
      description =
          "Delay of each call to S3 in milliseconds, evenly distributed (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "20-60")
  String s3Delay;

  @Option(
      names = "--manifests",
      paramLabel = "DIRECTORY",
      description = "With hpa-queue (default: ${DEFAULT-VALUE}).",
      defaultValue = "kubernetes")
  Path manifests;

  @Option(
      names = "--project",
      paramLabel = "DIRECTORY",
      description = "The packaged project (default: ${DEFAULT-VALUE}).",
      defaultValue = ".")
  Path project;

  @Option(
      names = "--out",
      paramLabel = "DIRECTORY",
      description = "For worker.json and calibration-*.json (default: ${DEFAULT-VALUE}).",
      defaultValue = "scaling-lab/target/study")
  Path out;

  @Override
  @SuppressWarnings("try") // close() performs the clean-up
  public Integer call() throws Exception {
    LabFiles files = new LabFiles(out);
    if (resimulate) {
      for (Calibration run : files.calibrations()) {
        resimulate(files, run);
      }
      return 0;
    }
    Path directory = Files.createTempDirectory("scaling-lab");
    spec.commandLine().getErr().println("servers in " + directory);
    try (EndOnSignal tidy = new EndOnSignal();
        LocalServices services = new LocalServices(project, directory, delay());
        LocalLab lab = new LocalLab(services, images, s3Delay + " ms a call", cores, this::say)) {
      if (calibrate) {
        calibrate(lab, files);
      }
      for (ShapeName shape : shapes) {
        compare(lab, files, shape.shape(base, peak, seconds));
      }
    }
    return 0;
  }

  private S3Delay delay() {
    if (!s3Delay.matches("\\d{1,5}-\\d{1,5}")) {
      throw new IllegalArgumentException("--s3-delay must be two numbers such as 20-60");
    }
    String[] ends = s3Delay.split("-", -1);
    return new S3Delay(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
  }

  private void calibrate(LocalLab lab, LabFiles files) throws IOException, InterruptedException {
    WorkerCalibration worker = lab.calibrate(coldJobs, boots, Machine.describe());
    files.writeJson(WORKER, worker);
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                "boot %.1f s (%d), warm service %.3f s, first job %.1f times as long over %.0f"
                    + " jobs, shutdown %.1f s, CPU %.2f (%.2f to %.2f) of a job's time, %.3f cores"
                    + " idle, %.2f cores at the start",
                worker.meanBoot(),
                worker.bootSeconds().size(),
                worker.meanService(),
                worker.warmUp().slowdown(0),
                worker.warmUp().jobs(),
                worker.shutdownSeconds(),
                worker.cpu().share(),
                worker.cpu().leastShare(),
                worker.cpu().mostShare(),
                worker.cpu().idleCores(),
                worker.cpu().bootCores()));
  }

  private void compare(LocalLab lab, LabFiles files, LoadShape shape)
      throws IOException, InterruptedException {
    double[] arrivals = shape.arrivals(seconds, new SplittableRandom(seed));
    Calibration run =
        lab.compare(
            shape.name(),
            shape.description(),
            arrivals,
            seconds,
            autoscaler(),
            files.readJson(WORKER, WorkerCalibration.class),
            warmJobs,
            Machine.describe(),
            new ConsoleProgress(System.err, Help.Ansi.AUTO.enabled()));
    files.write(run);
    print(run);
  }

  private void resimulate(LabFiles files, Calibration run) throws IOException {
    SimulatedRun simulated =
        new SimulatedRun(
            run.arrivals(),
            run.seconds(),
            run.warmJobs(),
            autoscaler(),
            files.readJson(WORKER, WorkerCalibration.class));
    Calibration again = run.with(simulated.figures(), simulated.curve());
    files.write(again);
    print(again);
  }

  /** By the backlog alone: the CPU of a worker on this machine says nothing about a pod's. */
  private HpaSpec autoscaler() {
    HpaSpec shipped =
        HpaManifest.read(manifests.resolve("components/hpa-queue/autoscaler/hpa.yaml"));
    MetricSpec backlog =
        target > 0
            ? new MetricSpec.ExternalAverageValue("thumbnailer_queue_backlog", target * 1000L)
            : shipped.metrics().stream()
                .filter(MetricSpec.ExternalAverageValue.class::isInstance)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("hpa-queue has no backlog"));
    return shipped.withMetrics(List.of(backlog)).withReplicas(shipped.minReplicas(), maxWorkers);
  }

  private void print(Calibration run) {
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                """
                %s
                real       %s
                simulated  %s
                error      p95 wait %+.1f %%, pod-seconds %+.1f %%\
                """,
                run.shape(),
                run.real(),
                run.simulated(),
                run.waitError(),
                run.podSecondsError()));
  }

  private void say(String line) {
    spec.commandLine().getErr().println(line);
  }
}
