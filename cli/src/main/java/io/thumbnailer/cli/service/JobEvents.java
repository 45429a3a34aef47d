package io.thumbnailer.cli.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The events of one job. After a lost connection, the stream is reopened and continues after the
 * last event that was received. Not thread-safe.
 */
public final class JobEvents implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENT_STREAM = "text/event-stream";

  /** Failed attempts in a row to open a stream again. */
  private static final int RECONNECTIONS = 10;

  private static final Duration DEFAULT_RETRY = Duration.ofSeconds(2);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

  private final Requests requests;
  private final String id;
  private final RetryDelay delay = new RetryDelay(ThreadLocalRandom.current());
  private Connection connection;
  private Duration retry = DEFAULT_RETRY;
  private String lastEventId = "";
  private boolean opened;
  private int failures;

  JobEvents(Requests requests, String id) {
    this.requests = requests;
    this.id = id;
  }

  /**
   * Waits for the next state of the job. Connects if necessary, which may take as long as a request
   * may.
   *
   * @return empty if none came in the given time
   * @throws EventsUnavailableException if the server does not stream events
   * @throws CliException if the server cannot be reached, or the job was deleted
   */
  public Optional<JsonNode> next(Duration wait)
      throws CliException, EventsUnavailableException, InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      if (connection == null) {
        connect();
      }
      long remaining = deadline - System.nanoTime();
      if (remaining <= 0) {
        return Optional.empty();
      }
      if (connection == null) {
        continue;
      }
      Optional<Item> item = connection.poll(remaining);
      if (item.isEmpty()) {
        return Optional.empty();
      }
      Optional<ServerSentEvents.Event> event = item.get().event;
      if (event.isPresent()) {
        lastEventId = event.get().id();
        return Optional.of(read(event.get()));
      }
      retry = connection.retry().orElse(retry);
      close();
      Thread.sleep(Math.min(retry.toMillis(), LONGEST_RETRY.toMillis()));
    }
  }

  /**
   * Whether the stream is open; otherwise the server cannot be reached, and reconnection attempts
   * continue.
   */
  public boolean isOpen() {
    return connection != null;
  }

  private JsonNode read(ServerSentEvents.Event event)
      throws CliException, EventsUnavailableException {
    if (event.name().equals("removed")) {
      throw new CliException(ExitCode.FAILED, "not-found", "the job was deleted");
    }
    try {
      return JSON.readTree(event.data());
    } catch (JsonProcessingException e) {
      throw new EventsUnavailableException("an event is not JSON");
    }
  }

  /** Leaves the connection null if another attempt is worthwhile. */
  private void connect() throws CliException, EventsUnavailableException, InterruptedException {
    HttpResponse<InputStream> answer;
    try {
      answer =
          requests.sendOnce(
              () -> {
                var request = requests.to("jobs/" + id + "/events").header("Accept", EVENT_STREAM);
                return lastEventId.isEmpty()
                    ? request
                    : request.header("Last-Event-ID", lastEventId);
              });
    } catch (CliException e) {
      if (!opened || ++failures > RECONNECTIONS) {
        throw e;
      }
      pauseAfterFailure();
      return;
    }
    if (isStream(answer)) {
      connection = new Connection(answer.body(), lastEventId);
      opened = true;
      failures = 0;
      return;
    }
    Requests.discard(answer);
    boolean mayBeRestarting = opened && answer.statusCode() >= 500;
    if (!mayBeRestarting || ++failures > RECONNECTIONS) {
      throw new EventsUnavailableException("the server responded with " + answer.statusCode());
    }
    pauseAfterFailure();
  }

  private void pauseAfterFailure() throws InterruptedException {
    Thread.sleep(delay.after(failures, Optional.empty(), Instant.now()).toMillis());
  }

  private static boolean isStream(HttpResponse<InputStream> answer) {
    return answer.statusCode() == 200
        && answer.headers().firstValue("Content-Type").orElse("").startsWith(EVENT_STREAM);
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  /** An event, or the end of the stream. */
  private record Item(Optional<ServerSentEvents.Event> event) {}

  /** An open stream. A thread reads it, so that waiting can end. */
  private static final class Connection {
    private static final int PENDING = 64;

    private final InputStream body;
    private final ServerSentEvents events;
    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(PENDING);
    private final Thread reader = new Thread(this::read, "events");

    Connection(InputStream body, String lastEventId) {
      this.body = body;
      this.events = new ServerSentEvents(body, lastEventId);
      reader.setDaemon(true);
      reader.start();
    }

    Optional<Item> poll(long nanos) throws InterruptedException {
      return Optional.ofNullable(items.poll(nanos, TimeUnit.NANOSECONDS));
    }

    /** Only after the end of the stream. */
    Optional<Duration> retry() {
      return events.retry();
    }

    private void read() {
      try {
        Optional<ServerSentEvents.Event> event;
        do {
          event = next();
          items.put(new Item(event));
        } while (event.isPresent());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // closed
      }
    }

    private Optional<ServerSentEvents.Event> next() {
      try {
        return events.next();
      } catch (IOException e) {
        return Optional.empty(); // a lost connection ends the stream
      }
    }

    void close() {
      reader.interrupt();
      try {
        body.close();
      } catch (IOException e) {
        // is not needed any more
      }
    }
  }
}
