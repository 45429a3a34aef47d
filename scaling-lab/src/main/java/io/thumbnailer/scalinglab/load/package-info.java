/**
 * Changing load: when jobs arrive and how much work each is. Everything is drawn from a seed, so
 * that two policies can be compared on identical jobs.
 */
package io.thumbnailer.scalinglab.load;
