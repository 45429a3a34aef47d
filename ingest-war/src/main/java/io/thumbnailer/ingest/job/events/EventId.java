package io.thumbnailer.ingest.job.events;

import io.thumbnailer.job.ThumbnailJob;

/**
 * Identifies a state of a job, so that a client that reconnects can say which events it has
 * received.
 */
final class EventId {
  private EventId() {}

  static String of(ThumbnailJob job) {
    return job.updatedAt().toEpochMilli() + "-" + job.status();
  }
}
