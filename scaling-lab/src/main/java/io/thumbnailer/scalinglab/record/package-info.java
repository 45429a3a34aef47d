/**
 * Watches a live cluster, or worker servers without one, while they scale, a row each sync period.
 */
package io.thumbnailer.scalinglab.record;
