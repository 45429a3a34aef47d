/**
 * A discrete-event simulation of jobs, their queue and the workers of a cluster, in which any
 * {@link io.thumbnailer.scalinglab.scaler.Scaler} decides. Times are seconds since the start.
 *
 * <p>It is a model: what it leaves out (the network, evictions, a broken node) is named in the
 * README of the module, and how far it is from real workers is measured by {@code run --local}.
 */
package io.thumbnailer.scalinglab.simulation;
