/**
 * The studied autoscalers and the reference policies, which decide the number of workers. A scaler
 * does not know whether its cluster is simulated or real.
 */
package io.thumbnailer.scalinglab.scaler;
