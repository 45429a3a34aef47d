/** Event streams of jobs: one thread watches all jobs and feeds all streams. */
package io.thumbnailer.ingest.job.events;
