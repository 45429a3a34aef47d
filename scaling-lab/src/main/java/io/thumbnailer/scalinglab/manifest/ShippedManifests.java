package io.thumbnailer.scalinglab.manifest;

import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.scaler.KedaSpec;
import java.nio.file.Path;

/**
 * What the folder {@code kubernetes/} says about scaling the workers.
 *
 * @param cpu {@code hpa-cpu.yaml}
 * @param queue {@code hpa-queue.yaml}
 * @param keda {@code keda/scaledobject.yaml}
 * @param worker {@code worker.yaml} with {@code config.yaml}
 */
public record ShippedManifests(HpaSpec cpu, HpaSpec queue, KedaSpec keda, WorkerPod worker) {
  /**
   * Reads them all.
   *
   * @throws ManifestException when one is missing or wrong
   */
  public static ShippedManifests read(Path folder) {
    return new ShippedManifests(
        HpaManifest.read(folder.resolve("hpa-cpu.yaml")),
        HpaManifest.read(folder.resolve("hpa-queue.yaml")),
        KedaManifest.read(folder.resolve("keda/scaledobject.yaml")),
        WorkerManifest.read(folder.resolve("worker.yaml"), folder.resolve("config.yaml")));
  }
}
