/**
 * Real runs on a Kubernetes cluster with its own autoscaler: records them, measures a worker there,
 * and compares them with their simulation.
 */
package io.thumbnailer.scalinglab.cluster;
