package io.thumbnailer.scalinglab.record;

/**
 * The cluster at one moment, one row of the CSV file. Without a cluster the conditions are empty,
 * and the replicas are the workers that run and those that were named.
 *
 * @param seconds since the recording began
 * @param currentReplicas by the HPA's status
 * @param desiredReplicas by the HPA's status
 * @param ableToScale the condition's status and reason
 * @param scalingActive the condition's status and reason
 * @param scalingLimited the condition's status and reason
 * @param pending pods that are not running yet
 * @param running pods that run, ready or not, and do not end
 * @param ready pods that run and are ready
 * @param terminating pods that end
 * @param newestReadySeconds from creation to readiness of the pod that became ready last; NaN
 *     without one
 * @param backlog jobs waiting or in work; NaN when it could not be read
 * @param cpuCores used by all pods together; NaN without a metrics-server
 */
public record ClusterRow(
    double seconds,
    int currentReplicas,
    int desiredReplicas,
    String ableToScale,
    String scalingActive,
    String scalingLimited,
    int pending,
    int running,
    int ready,
    int terminating,
    double newestReadySeconds,
    double backlog,
    double cpuCores) {}
