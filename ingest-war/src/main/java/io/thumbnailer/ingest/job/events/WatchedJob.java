package io.thumbnailer.ingest.job.events;

import io.thumbnailer.ingest.job.JobView;
import io.thumbnailer.job.ThumbnailJob;
import jakarta.json.bind.Jsonb;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A job and its open streams. Only the watcher's thread uses it. */
final class WatchedJob {
  /** How long a client waits before it reconnects. */
  private static final Duration RECONNECT = Duration.ofSeconds(2);

  private final Sse sse;
  private final Jsonb json;
  private final List<EventStream> streams = new ArrayList<>();

  WatchedJob(Sse sse, Jsonb json) {
    this.sse = sse;
    this.json = json;
  }

  void add(EventStream stream) {
    streams.add(stream);
  }

  /**
   * Sends the job's current state; when the job has ended, closes the streams. The event is
   * serialized once.
   */
  void show(ThumbnailJob job) {
    String id = EventId.of(job);
    OutboundSseEvent event =
        sse.newEventBuilder()
            .id(id)
            .reconnectDelay(RECONNECT.toMillis())
            .mediaType(MediaType.TEXT_PLAIN_TYPE) // it is already serialized
            .data(String.class, json.toJson(JobView.of(job)))
            .build();
    streams.forEach(stream -> stream.send(id, event));
    if (job.status().ended()) {
      end();
    }
  }

  /** Sends the event that the job was deleted, and closes the streams. */
  void removed() {
    OutboundSseEvent event = sse.newEventBuilder().name("removed").data(String.class, "{}").build();
    streams.forEach(stream -> stream.send(event));
    end();
  }

  /** Sends a comment. */
  void heartbeat() {
    OutboundSseEvent comment = sse.newEventBuilder().comment("").build();
    streams.forEach(stream -> stream.send(comment));
  }

  /** Closes streams that were opened before a time, in ns of {@link System#nanoTime}. */
  void expire(long openedBefore) {
    streams.stream().filter(s -> s.openedAt() - openedBefore < 0).forEach(EventStream::close);
  }

  /**
   * Removes closed streams.
   *
   * @return the number of removed streams
   */
  int drop() {
    int before = streams.size();
    streams.removeIf(stream -> !stream.open());
    return before - streams.size();
  }

  int size() {
    return streams.size();
  }

  void end() {
    streams.forEach(EventStream::close);
  }
}
