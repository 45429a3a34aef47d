/**
 * The Horizontal Pod Autoscaler of Kubernetes (autoscaling/v2) as a pure model: the same decisions
 * from the same pods, metrics and clock, without a cluster. It follows the controller of Kubernetes
 * 1.33 and later, where the tolerance can differ per direction.
 *
 * <p>Times are milliseconds on a clock that the caller chooses: simulated or real. Metric values
 * are milli-units, as the controller counts them, because its divisions truncate.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/">
 *     Kubernetes: Horizontal Pod Autoscaling</a>
 */
package io.thumbnailer.scalinglab.hpa;
