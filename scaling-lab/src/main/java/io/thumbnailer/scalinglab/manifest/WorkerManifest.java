package io.thumbnailer.scalinglab.manifest;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** Reads the worker's Deployment together with its configuration. */
public final class WorkerManifest {
  private static final long DEFAULT_GRACE_SECONDS = 30;
  private static final int DEFAULT_PROBE_SECONDS = 10;

  private WorkerManifest() {}

  /**
   * Reads both files.
   *
   * @throws ManifestException if they are invalid, or requests or limits are missing
   */
  public static WorkerPod read(Path deploymentFile, Path configFile) {
    StrictYaml yaml = new StrictYaml();
    Deployment deployment =
        yaml.kubernetes(deploymentFile, "apps/v1", "Deployment", Deployment.class);
    Map<String, String> config = EnvironmentFile.read(configFile);
    PodSpec pod = deployment.getSpec().getTemplate().getSpec();
    if (pod.getContainers().size() != 1) {
      throw new ManifestException(deploymentFile, "the lab models a pod with one container");
    }
    Container worker = pod.getContainers().get(0);
    double limit = cores(deploymentFile, worker.getResources().getLimits(), "limits");
    String slots = config.getOrDefault("THUMBNAILER_WORKER_CONCURRENCY", "0");
    long podGrace =
        pod.getTerminationGracePeriodSeconds() == null
            ? DEFAULT_GRACE_SECONDS
            : pod.getTerminationGracePeriodSeconds();
    return new WorkerPod(
        Math.round(1000 * cores(deploymentFile, worker.getResources().getRequests(), "requests")),
        limit,
        slots(configFile, slots, limit),
        period(worker.getStartupProbe()),
        period(worker.getReadinessProbe()),
        Math.min((double) podGrace, grace(configFile, config)));
  }

  /** 0 means one per processor, and the JVM rounds the CPU limit up to whole processors. */
  private static int slots(Path file, String text, double limit) {
    if (!text.matches("\\d{1,3}")) {
      throw new ManifestException(file, "THUMBNAILER_WORKER_CONCURRENCY must be a number");
    }
    int slots = Integer.parseInt(text);
    return slots == 0 ? (int) Math.max(1, Math.ceil(limit)) : slots;
  }

  private static double grace(Path file, Map<String, String> config) {
    String text = config.getOrDefault("THUMBNAILER_WORKER_SHUTDOWN_GRACE", "PT20S");
    try {
      return Duration.parse(text).toMillis() / 1000.0;
    } catch (DateTimeParseException e) {
      throw new ManifestException(
          file, "THUMBNAILER_WORKER_SHUTDOWN_GRACE must be a duration such as PT20S", e);
    }
  }

  private static double cores(Path file, Map<String, Quantity> resources, String what) {
    Quantity cpu = resources == null ? null : resources.get("cpu");
    if (cpu == null) {
      throw new ManifestException(file, "the container has no " + what + " for cpu");
    }
    return cpu.getNumericalAmount().doubleValue();
  }

  private static double period(Probe probe) {
    if (probe == null) {
      return 0;
    }
    return probe.getPeriodSeconds() == null ? DEFAULT_PROBE_SECONDS : probe.getPeriodSeconds();
  }
}
