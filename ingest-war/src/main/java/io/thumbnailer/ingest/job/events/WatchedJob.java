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

/** A job and the streams that it is shown in. Only the watcher's thread uses it. */
final class WatchedJob {
  /** How long a client waits before it opens a broken stream again. */
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

  /** Shows the job as it is; at its end the streams end. Written once, sent to each. */
  void show(ThumbnailJob job) {
    String id = EventId.of(job);
    OutboundSseEvent event =
        sse.newEventBuilder()
            .id(id)
            .reconnectDelay(RECONNECT.toMillis())
            .mediaType(MediaType.TEXT_PLAIN_TYPE) // it is text already
            .data(String.class, json.toJson(JobView.of(job)))
            .build();
    streams.forEach(stream -> stream.send(id, event));
    if (job.status().ended()) {
      end();
    }
  }

  /** Says that the job is gone, and ends. */
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
   * Lets go of streams that were closed, from either side.
   *
   * @return how many streams went
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
