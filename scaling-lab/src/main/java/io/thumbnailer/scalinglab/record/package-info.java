/**
 * Records a live cluster, or worker servers without one, while they scale: one row per sync period.
 */
package io.thumbnailer.scalinglab.record;
