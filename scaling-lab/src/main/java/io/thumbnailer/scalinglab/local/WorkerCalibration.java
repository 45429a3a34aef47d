package io.thumbnailer.scalinglab.local;

import io.thumbnailer.scalinglab.load.ServiceTimes;
import io.thumbnailer.scalinglab.simulation.WorkerModel;
import java.util.List;

/**
 * The measured behaviour of a real worker, as it is stored ({@code worker.json}).
 *
 * @param cores the CPU quota of the worker
 * @param images the images that it processed, in words
 * @param bootSeconds from each start of a process to its first job
 * @param serviceSeconds of the jobs of warm workers
 * @param coldSeconds of a cold worker's jobs, in order
 * @param warmUp fitted to them
 * @param shutdownSeconds from the signal to the end of an idle worker
 * @param cpu the CPU that it used; null if not measured
 * @param machine it was measured on
 */
public record WorkerCalibration(
    double cores,
    String images,
    List<Double> bootSeconds,
    List<Double> serviceSeconds,
    List<Double> coldSeconds,
    WorkerModel.WarmUp warmUp,
    double shutdownSeconds,
    CpuUse cpu,
    String machine) {

  public WorkerCalibration {
    bootSeconds = List.copyOf(bootSeconds);
    serviceSeconds = List.copyOf(serviceSeconds);
    coldSeconds = List.copyOf(coldSeconds);
  }

  /** Mean of the boot times. */
  public double meanBoot() {
    return bootSeconds.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** Mean of the warm service times. */
  public double meanService() {
    return serviceSeconds.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** Mean deviation of the boot times from their mean, as a part of it. */
  public double bootSpread() {
    return bootSeconds.stream()
        .mapToDouble(boot -> Math.abs(boot / meanBoot() - 1))
        .average()
        .orElse(0);
  }

  /** The warm service times as a distribution. */
  public ServiceTimes service() {
    return ServiceTimes.measured(
        serviceSeconds.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * Returns a model with these times instead of its own.
   *
   * @throws IllegalArgumentException if it has another share of the CPU
   */
  public WorkerModel applyTo(WorkerModel model) {
    if (model.cpu().limit() != cores) {
      throw new IllegalArgumentException(
          "the worker was measured with " + cores + " cores, the pod has " + model.cpu().limit());
    }
    WorkerModel.Start start = model.start();
    WorkerModel.Cpu use =
        cpu == null
            ? model.cpu()
            : new WorkerModel.Cpu(
                model.cpu().requestMilli(),
                model.cpu().limit(),
                Math.min(1, cpu.share()),
                cpu.idleCores());
    return new WorkerModel(
        model.slots(),
        use,
        new WorkerModel.Start(
            start.containerSeconds(),
            meanBoot(),
            bootSpread(),
            cpu == null ? start.bootCpu() : cpu.bootCores(),
            start.startupProbeSeconds(),
            start.readinessProbeSeconds()),
        warmUp,
        new WorkerModel.End(model.end().graceSeconds(), shutdownSeconds));
  }
}
