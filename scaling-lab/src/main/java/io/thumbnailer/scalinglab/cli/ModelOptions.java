package io.thumbnailer.scalinglab.cli;

import io.thumbnailer.scalinglab.elasticity.Objective;
import io.thumbnailer.scalinglab.hpa.ControllerSettings;
import io.thumbnailer.scalinglab.load.ServiceTimes;
import io.thumbnailer.scalinglab.local.WorkerCalibration;
import io.thumbnailer.scalinglab.manifest.ShippedManifests;
import io.thumbnailer.scalinglab.manifest.WorkerPod;
import io.thumbnailer.scalinglab.report.LabFiles;
import io.thumbnailer.scalinglab.simulation.ControlPlane;
import io.thumbnailer.scalinglab.simulation.MetricPipeline;
import io.thumbnailer.scalinglab.simulation.NodeModel;
import io.thumbnailer.scalinglab.simulation.Outages;
import io.thumbnailer.scalinglab.simulation.SimulationSettings;
import io.thumbnailer.scalinglab.simulation.WorkerModel;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The assumptions of the simulation; its pods are those of the manifests. */
final class ModelOptions {
  private static final double IDLE_CPU = 0.02;

  @Option(
      names = "--manifests",
      paramLabel = "DIRECTORY",
      description = "Directory of the manifests to study (default: ${DEFAULT-VALUE}).",
      defaultValue = "kubernetes")
  Path manifests;

  @Option(
      names = "--worker",
      paramLabel = "FILE",
      description =
          "A worker.json that run --local --calibrate wrote with the pod's CPU limit as --cores;"
              + " its service, boot, warm-up and shutdown times replace those of the options.")
  Path worker;

  private WorkerCalibration measured;

  @Option(
      names = "--service-seconds",
      description = "Mean time of a job on a warm worker (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.2")
  double serviceSeconds;

  @Option(
      names = "--service-variation",
      description =
          "Standard deviation of that time, relative to the mean (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.6")
  double serviceVariation;

  @Option(
      names = "--cpu-share",
      description = "Share of that time on the CPU (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.9")
  double cpuShare;

  @Option(
      names = "--container-seconds",
      description = "Time from the decision to the worker's process (default: ${DEFAULT-VALUE}).",
      defaultValue = "2")
  double containerSeconds;

  @Option(
      names = "--boot-seconds",
      description = "Time from its process to the first job (default: ${DEFAULT-VALUE}).",
      defaultValue = "12")
  double bootSeconds;

  @Option(
      names = "--boot-variation",
      description =
          "Standard deviation of that time, relative to the mean (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.15")
  double bootVariation;

  @Option(
      names = "--warmup-factor",
      description =
          "Extra time of the first job, relative to that time (default: ${DEFAULT-VALUE}).",
      defaultValue = "3")
  double warmupFactor;

  @Option(
      names = "--warmup-jobs",
      description =
          "Number of jobs after which the extra time has fallen to 37 %% (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "15")
  double warmupJobs;

  @Option(
      names = "--shutdown-seconds",
      description = "Time from a worker's last job until it is gone (default: ${DEFAULT-VALUE}).",
      defaultValue = "2")
  double shutdownSeconds;

  @Option(
      names = "--ready-nodes",
      description = "Nodes at the start (default: ${DEFAULT-VALUE}).",
      defaultValue = "4")
  int readyNodes;

  @Option(
      names = "--image-pull-seconds",
      description = "Time until a further node has pulled the image (default: ${DEFAULT-VALUE}).",
      defaultValue = "10")
  double imagePullSeconds;

  @Option(
      names = "--api-seconds",
      description =
          "Longest time from a decision until its pods change (default:" + " ${DEFAULT-VALUE}).",
      defaultValue = "1")
  double apiSeconds;

  @Option(
      names = "--deletion-cost",
      description = "Workers with a job set a higher deletion cost (default: no).")
  boolean deletionCost;

  @Option(
      names = "--kubernetes",
      paramLabel = "MINOR",
      description = "Minor version of Kubernetes 1.x (default: ${DEFAULT-VALUE}).",
      defaultValue = "35")
  int kubernetesMinor;

  @Option(
      names = "--node-seconds",
      description = "Time until a further node is ready (default: ${DEFAULT-VALUE}).",
      defaultValue = "60")
  double nodeSeconds;

  @Option(
      names = "--places-per-node",
      description = "Number of workers on a further node (default: ${DEFAULT-VALUE}).",
      defaultValue = "4")
  int placesPerNode;

  @Option(
      names = "--scrape-seconds",
      description =
          "Time between two scrapes of the queue by Prometheus (default: ${DEFAULT-VALUE}).",
      defaultValue = "15")
  double scrapeSeconds;

  @Option(
      names = "--objective-seconds",
      description = "Time within which jobs should start (default: ${DEFAULT-VALUE}).",
      defaultValue = "30")
  double objectiveSeconds;

  @Option(
      names = "--objective-share",
      description = "Share of the jobs that should start in time (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.95")
  double objectiveShare;

  ServiceTimes service() throws IOException {
    return worker == null
        ? ServiceTimes.lognormal(serviceSeconds, serviceVariation)
        : measured().service();
  }

  String serviceSource() throws IOException {
    return worker == null
        ? "assumed: lognormal, variation " + serviceVariation
        : "measured on " + measured().machine() + ", images " + measured().images();
  }

  ControllerSettings controller() {
    return ControllerSettings.forKubernetes(kubernetesMinor);
  }

  ShippedManifests shipped() {
    return ShippedManifests.read(manifests);
  }

  private WorkerCalibration measured() throws IOException {
    if (measured == null) {
      Path file = worker.toAbsolutePath();
      measured =
          new LabFiles(file.getParent())
              .readJson(file.getFileName().toString(), WorkerCalibration.class);
    }
    return measured;
  }

  /**
   * Returns the settings for a pod.
   *
   * @throws IllegalArgumentException if the measured worker had another share of the CPU
   * @throws IOException if {@code --worker} is not such a file
   */
  SimulationSettings settings(WorkerPod pod) throws IOException {
    WorkerModel assumed =
        new WorkerModel(
            pod.slots(),
            new WorkerModel.Cpu(pod.cpuRequestMilli(), pod.cpuLimit(), cpuShare, IDLE_CPU),
            new WorkerModel.Start(
                containerSeconds,
                bootSeconds,
                bootVariation,
                pod.cpuLimit(),
                pod.startupProbeSeconds(),
                pod.readinessProbeSeconds()),
            new WorkerModel.WarmUp(0, warmupFactor, warmupJobs),
            new WorkerModel.End(pod.graceSeconds(), shutdownSeconds));
    return new SimulationSettings(
        worker == null ? assumed : measured().applyTo(assumed),
        new NodeModel(readyNodes, placesPerNode, nodeSeconds, imagePullSeconds),
        new MetricPipeline(scrapeSeconds, 1, 15, 10),
        new ControlPlane(Math.min(0.2, apiSeconds), apiSeconds, deletionCost),
        Outages.NONE,
        new Objective(objectiveSeconds, objectiveShare),
        1,
        SimulationSettings.WARM,
        3600,
        false,
        20);
  }
}
