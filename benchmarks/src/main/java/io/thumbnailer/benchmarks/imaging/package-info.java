/** What one thumbnail costs, stage by stage. */
package io.thumbnailer.benchmarks.imaging;
