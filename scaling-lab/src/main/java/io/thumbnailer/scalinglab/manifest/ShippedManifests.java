package io.thumbnailer.scalinglab.manifest;

import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.scaler.KedaSpec;
import java.nio.file.Path;

/**
 * The worker scaling in the directory {@code kubernetes/}.
 *
 * @param cpu {@code components/hpa-cpu}
 * @param queue {@code components/hpa-queue}
 * @param keda {@code components/keda}
 * @param worker {@code base/worker.yaml} with {@code base/config.env}
 */
public record ShippedManifests(HpaSpec cpu, HpaSpec queue, KedaSpec keda, WorkerPod worker) {
  /**
   * Reads them all.
   *
   * @throws ManifestException if one is missing or invalid
   */
  public static ShippedManifests read(Path directory) {
    return new ShippedManifests(
        HpaManifest.read(directory.resolve("components/hpa-cpu/autoscaler/hpa.yaml")),
        HpaManifest.read(directory.resolve("components/hpa-queue/autoscaler/hpa.yaml")),
        KedaManifest.read(directory.resolve("components/keda/autoscaler/scaledobject.yaml")),
        WorkerManifest.read(
            directory.resolve("base/worker.yaml"), directory.resolve("base/config.env")));
  }
}
