package io.thumbnailer.scalinglab.manifest;

/**
 * The properties of a worker's pod in the manifests.
 *
 * @param cpuRequestMilli thousandths of a core
 * @param cpuLimit cores
 * @param slots jobs at a time
 * @param startupProbeSeconds period of the startup probe; 0 without one
 * @param readinessProbeSeconds period of the readiness probe; 0 without one
 * @param graceSeconds for running jobs when the pod is deleted
 */
public record WorkerPod(
    long cpuRequestMilli,
    double cpuLimit,
    int slots,
    double startupProbeSeconds,
    double readinessProbeSeconds,
    double graceSeconds) {}
