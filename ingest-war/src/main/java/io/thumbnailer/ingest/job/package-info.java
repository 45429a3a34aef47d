/** The job resource and its views. */
package io.thumbnailer.ingest.job;
