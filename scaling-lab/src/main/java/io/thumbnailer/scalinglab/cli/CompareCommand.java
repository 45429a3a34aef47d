package io.thumbnailer.scalinglab.cli;

import io.thumbnailer.scalinglab.cluster.ClusterRun;
import io.thumbnailer.scalinglab.cluster.Comparison;
import io.thumbnailer.scalinglab.elasticity.StepFunction;
import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.load.ServiceTimes;
import io.thumbnailer.scalinglab.load.Workload;
import io.thumbnailer.scalinglab.manifest.HpaManifest;
import io.thumbnailer.scalinglab.manifest.WorkerManifest;
import io.thumbnailer.scalinglab.report.LabFiles;
import io.thumbnailer.scalinglab.simulation.NodeModel;
import io.thumbnailer.scalinglab.simulation.Simulation;
import io.thumbnailer.scalinglab.simulation.SimulationResult;
import io.thumbnailer.scalinglab.simulation.SimulationSettings;
import io.thumbnailer.scalinglab.study.Estimate;
import io.thumbnailer.scalinglab.study.Policy;
import io.thumbnailer.scalinglab.study.PolicyPlugin;
import io.thumbnailer.scalinglab.study.StandardPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Simulates the recorded runs of a cluster and says how far the simulation is from them. */
@Command(
    name = "compare",
    description =
        "Simulates the runs that 'cluster' recorded, and compares them. The directory also has the"
            + " worker's Deployment (worker.yaml), its measured times (worker.json), and the"
            + " autoscaler of each policy (POLICY.yaml); runs are named POLICY-SHAPE-SEED.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  private static final Pattern RUN = Pattern.compile("(.+)-([a-z]+)-(\\d{1,18})-jobs\\.csv");

  @Spec CommandSpec spec;
  @Mixin ModelOptions model;

  @Parameters(paramLabel = "DIRECTORY", description = "The runs.")
  Path directory;

  @Option(
      names = "--seconds",
      description = "The length of each load (default: ${DEFAULT-VALUE}).",
      defaultValue = "240")
  double seconds;

  @Option(
      names = "--simulations",
      description = "Simulations of each run, which differ in chance (default: ${DEFAULT-VALUE}).",
      defaultValue = "50")
  int simulations;

  @Override
  public Integer call() throws Exception {
    if (model.worker == null) {
      model.worker = directory.resolve("worker.json");
    }
    LabFiles files = new LabFiles(directory);
    SimulationSettings settings =
        model
            .settings(
                WorkerManifest.read(
                    directory.resolve("worker.yaml"), model.manifests.resolve("base/config.env")))
            .withNodes(NodeModel.AMPLE);
    List<Comparison> comparisons = new ArrayList<>();
    for (String name : names()) {
      Matcher run = RUN.matcher(name);
      if (run.matches()) {
        String policy = run.group(1);
        ClusterRun real = ClusterRun.read(files, policy + "-" + run.group(2) + "-" + run.group(3));
        HpaSpec hpa = HpaManifest.read(directory.resolve(policy + ".yaml"));
        comparisons.add(
            Comparison.of(
                policy,
                run.group(2),
                Long.parseLong(run.group(3)),
                seconds,
                real,
                simulate(real, hpa, settings)));
      }
    }
    if (comparisons.isEmpty()) {
      throw new IOException(directory + " has no runs");
    }
    files.writeCsv("comparison.csv", Comparison.class, comparisons);
    print(comparisons);
    return 0;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private List<SimulationResult> simulate(ClusterRun real, HpaSpec hpa, SimulationSettings settings)
      throws IOException {
    ServiceTimes service = model.service();
    double[] arrivals = real.jobs().stream().mapToDouble(job -> Math.max(0, job.sent())).toArray();
    // An upload that began before the end of the load may have reached the queue after it.
    double length = Math.max(seconds, arrivals.length == 0 ? 0 : arrivals[arrivals.length - 1] + 1);
    PolicyPlugin.Worker worker = PolicyPlugin.Worker.of(settings.worker(), service, hpa);
    Policy policy =
        new StandardPolicies(model.shipped(), model.controller(), worker, settings.objective())
            .own("real", "as on the cluster", hpa);
    StepFunction unknown = new StepFunction(0);
    return LongStream.range(0, simulations)
        .mapToObj(
            seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              return new Simulation(
                      Workload.of("real", length, arrivals, service, random),
                      policy
                          .scalers()
                          .create(new Policy.Run(unknown, unknown, "real", random.split())),
                      settings,
                      seed)
                  .run();
            })
        .toList();
  }

  private void print(List<Comparison> comparisons) {
    Map<String, List<Comparison>> groups = new TreeMap<>();
    for (Comparison run : comparisons) {
      groups.computeIfAbsent(run.policy() + " | " + run.shape(), k -> new ArrayList<>()).add(run);
    }
    StringBuilder table =
        new StringBuilder(
            """
            | policy | load | runs | p95 wait, real | simulated | error | pod-seconds, real | simulated | error | replicas |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """);
    groups.forEach(
        (name, runs) ->
            table.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %d | %s s | %s s | %s %% | %s | %s | %s %% | %s %% |%n",
                    name,
                    runs.size(),
                    mean(runs, Comparison::realWait, 1),
                    mean(runs, Comparison::simulatedWait, 1),
                    mean(runs, Comparison::waitError, 0),
                    mean(runs, Comparison::realPodSeconds, 0),
                    mean(runs, Comparison::simulatedPodSeconds, 0),
                    mean(runs, Comparison::podSecondsError, 1),
                    mean(runs, Comparison::traceError, 0))));
    spec.commandLine().getOut().print(table);
    spec.commandLine().getOut().flush();
  }

  /** The mean with its 95 % interval; of a single run only the figure, since it has no interval. */
  private static String mean(
      List<Comparison> runs, ToDoubleFunction<Comparison> figure, int decimals) {
    Estimate estimate = Estimate.of(runs.stream().mapToDouble(figure).toArray());
    String number = "%." + decimals + "f";
    String mean = String.format(Locale.ROOT, number, estimate.mean());
    return runs.size() < 2
        ? mean
        : mean + " ± " + String.format(Locale.ROOT, number, estimate.halfWidth());
  }
}
