/**
 * Load that changes: when jobs arrive and how much work each is. Everything is drawn from a seed,
 * so that two policies can be given the very same jobs.
 */
package io.thumbnailer.scalinglab.load;
