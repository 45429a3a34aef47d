package io.thumbnailer.cli.service;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads a stream of server-sent events (WHATWG HTML, section 9.2.6). Comments and events without
 * data are skipped.
 */
final class ServerSentEvents {
  /** Largest event that is read, in bytes. */
  static final int MAX_EVENT = 1 << 20;

  private final InputStream in;
  private String lastEventId;
  private Optional<Duration> retry = Optional.empty();
  private boolean afterReturn;

  /**
   * An event.
   *
   * @param id of the last event that had one; empty when there was none
   * @param name {@code message} unless the server gave another
   * @param data its lines, separated by line feeds
   */
  record Event(String id, String name, String data) {}

  /**
   * Reads from a response body.
   *
   * @param lastEventId the id that the events begin with; may be empty
   */
  ServerSentEvents(InputStream body, String lastEventId) {
    this.in = new BufferedInputStream(body);
    this.lastEventId = lastEventId;
  }

  /** The time before a reconnection, if the server has set one. */
  Optional<Duration> retry() {
    return retry;
  }

  /**
   * The next event; empty at the end of the stream. An event that the end cuts off is discarded.
   *
   * @throws IOException if the connection breaks or an event is larger than {@value #MAX_EVENT}
   *     bytes
   */
  Optional<Event> next() throws IOException {
    String name = "";
    StringBuilder data = new StringBuilder();
    int size = 0;
    for (String line = line(); line != null; line = line()) {
      size += line.length();
      if (size > MAX_EVENT) {
        throw new IOException("an event is larger than " + MAX_EVENT + " bytes");
      }
      if (line.isEmpty()) {
        if (data.length() > 0) {
          data.setLength(data.length() - 1);
          return Optional.of(
              new Event(lastEventId, name.isEmpty() ? "message" : name, data.toString()));
        }
        name = "";
        size = 0;
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "data" -> data.append(value).append('\n');
        case "event" -> name = value;
        case "id" -> lastEventId = value.indexOf('\0') < 0 ? value : lastEventId;
        case "retry" -> {
          if (value.matches("\\d{1,9}")) {
            retry = Optional.of(Duration.ofMillis(Long.parseLong(value)));
          }
        }
        default -> {} // a comment, or unknown
      }
    }
    return Optional.empty();
  }

  /** A line without its end, which is CR, LF or both; null at the end of the stream. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int next = in.read();
      boolean skipped = next == '\n' && afterReturn;
      afterReturn = next == '\r';
      if (skipped) {
        continue;
      }
      if (next < 0) {
        return null;
      }
      if (next == '\n' || next == '\r') {
        return line.toString(StandardCharsets.UTF_8);
      }
      line.write(next);
      if (line.size() > MAX_EVENT) {
        throw new IOException("a line is longer than " + MAX_EVENT + " bytes");
      }
    }
  }
}
