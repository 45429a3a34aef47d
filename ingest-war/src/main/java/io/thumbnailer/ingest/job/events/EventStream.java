package io.thumbnailer.ingest.job.events;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.concurrent.CompletionStage;

/** One client's stream. Only the watcher's thread uses it. */
final class EventStream {
  private final SseEventSink sink;
  private final long openedAt;
  private String lastEventId;
  private volatile boolean broken;

  /**
   * A stream that is open.
   *
   * @param lastEventId the last event the client received, null if none
   * @param openedAt in ns of {@link System#nanoTime}
   */
  EventStream(SseEventSink sink, String lastEventId, long openedAt) {
    this.sink = sink;
    this.lastEventId = lastEventId;
    this.openedAt = openedAt;
  }

  long openedAt() {
    return openedAt;
  }

  /** Sends an event unless the client has already received it. */
  void send(String eventId, OutboundSseEvent event) {
    if (!eventId.equals(lastEventId)) {
      lastEventId = eventId;
      send(event);
    }
  }

  /** Sends without waiting; a disconnected client is noticed later, in {@link #open}. */
  void send(OutboundSseEvent event) {
    try {
      CompletionStage<?> sent = sink.send(event);
      var unused =
          sent.whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  broken = true;
                }
              });
    } catch (IllegalStateException e) { // closed meanwhile
      broken = true;
    }
  }

  boolean open() {
    return !broken && !sink.isClosed();
  }

  void close() {
    try {
      sink.close();
    } catch (IOException e) { // the client had already disconnected
      broken = true;
    }
  }
}
