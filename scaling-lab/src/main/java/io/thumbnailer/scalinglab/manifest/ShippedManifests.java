package io.thumbnailer.scalinglab.manifest;

import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.scaler.KedaSpec;
import java.nio.file.Path;

/**
 * What the folder {@code kubernetes/} says about scaling the workers.
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
   * @throws ManifestException when one is missing or wrong
   */
  public static ShippedManifests read(Path folder) {
    return new ShippedManifests(
        HpaManifest.read(folder.resolve("components/hpa-cpu/autoscaler/hpa.yaml")),
        HpaManifest.read(folder.resolve("components/hpa-queue/autoscaler/hpa.yaml")),
        KedaManifest.read(folder.resolve("components/keda/autoscaler/scaledobject.yaml")),
        WorkerManifest.read(folder.resolve("base/worker.yaml"), folder.resolve("base/config.env")));
  }
}
