/**
 * What decides the number of workers: the autoscalers that are studied and the yardsticks beside
 * them. A scaler does not know whether its cluster is simulated or real.
 */
package io.thumbnailer.scalinglab.scaler;
