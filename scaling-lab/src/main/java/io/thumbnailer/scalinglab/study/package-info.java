/**
 * Compares scaling policies: each on the same jobs, over many shapes of load and seeds, judged by
 * elasticity, waits and cost, with confidence intervals.
 */
package io.thumbnailer.scalinglab.study;
