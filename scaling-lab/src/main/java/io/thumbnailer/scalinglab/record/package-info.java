/** Watches a live cluster while it scales, a row each sync period. */
package io.thumbnailer.scalinglab.record;
