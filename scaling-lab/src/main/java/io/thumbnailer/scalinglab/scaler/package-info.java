/**
 * Decides the number of workers: the studied autoscalers and the yardsticks. A scaler does not know
 * whether its cluster is simulated or real.
 */
package io.thumbnailer.scalinglab.scaler;
