package io.thumbnailer.ingest.job.events;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The stream of one client. Sending never waits for the client: writes run on an executor, one at a
 * time, and a client that does not read its events in time loses its stream. It reconnects with the
 * id of the last event that it received.
 */
final class EventStream {
  /** More than a job's changes between two reads of a client that keeps up. */
  private static final int MOST_PENDING = 16;

  /** Time for one write, in ns. */
  private static final long LONGEST_WRITE = Duration.ofSeconds(10).toNanos();

  private final SseEventSink sink;
  private final Executor writers;
  private final long openedAt;
  private final Deque<OutboundSseEvent> pending = new ArrayDeque<>();
  private String lastEventId;
  private boolean writing;
  private boolean ending;
  private boolean broken;
  private long writeBegan;

  /**
   * Creates an open stream.
   *
   * @param lastEventId the last event that the client has received, null if none
   * @param writers runs writes, each of which may block
   * @param openedAt in ns of {@link System#nanoTime}
   */
  EventStream(SseEventSink sink, String lastEventId, Executor writers, long openedAt) {
    this.sink = sink;
    this.lastEventId = lastEventId;
    this.writers = writers;
    this.openedAt = openedAt;
  }

  long openedAt() {
    return openedAt;
  }

  /** Sends an event unless the client has it. */
  synchronized void send(String eventId, OutboundSseEvent event) {
    if (!eventId.equals(lastEventId)) {
      lastEventId = eventId;
      send(event);
    }
  }

  /** Sends without waiting; a failure shows later, in {@link #open}. */
  synchronized void send(OutboundSseEvent event) {
    if (ending || broken) {
      return;
    }
    pending.add(event);
    if (pending.size() > MOST_PENDING) {
      breakOff();
    }
    write();
  }

  /** Whether the client is still served: not closed, broken or late. */
  synchronized boolean open() {
    if (writing && System.nanoTime() - writeBegan > LONGEST_WRITE) {
      breakOff();
    }
    return !broken && !ending && (writing || !sink.isClosed());
  }

  /** Closes the stream when all that was sent is written. */
  synchronized void close() {
    ending = true;
    write();
  }

  /** The write in progress ends with the server's own time-out. */
  private void breakOff() {
    broken = true;
    ending = true;
    pending.clear();
  }

  private void write() {
    if (writing) {
      return;
    }
    writing = true;
    writeBegan = System.nanoTime();
    try {
      writers.execute(this::writeAll);
    } catch (RejectedExecutionException e) { // too many wait, or the server stops
      writing = false;
      breakOff();
    }
  }

  private void writeAll() {
    for (OutboundSseEvent event = next(); event != null; event = next()) {
      try {
        sink.send(event)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    fail();
                  }
                });
      } catch (RuntimeException e) { // closed meanwhile
        fail();
      }
    }
    closeWhenEnding();
  }

  private synchronized OutboundSseEvent next() {
    writeBegan = System.nanoTime();
    OutboundSseEvent event = pending.poll();
    if (event == null && !ending) {
      writing = false;
    }
    return event;
  }

  private synchronized void fail() {
    breakOff();
  }

  private void closeWhenEnding() {
    synchronized (this) {
      if (!ending) {
        return;
      }
    }
    try {
      sink.close();
    } catch (IOException | RuntimeException e) { // the client was gone before
      fail();
    }
  }
}
