/** What the measurements of uploads send. */
package io.thumbnailer.benchmarks.upload;
