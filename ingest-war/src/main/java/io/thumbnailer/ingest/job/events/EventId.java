package io.thumbnailer.ingest.job.events;

import io.thumbnailer.job.ThumbnailJob;

/** Names a state of a job, so that a client that comes back can say what it has seen. */
final class EventId {
  private EventId() {}

  static String of(ThumbnailJob job) {
    return job.updatedAt().toEpochMilli() + "-" + job.status();
  }
}
