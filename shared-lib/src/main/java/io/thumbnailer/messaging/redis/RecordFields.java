package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.Failure;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageRecord;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A message in Redis: its record, a hash of short fields, and its body, a string. */
final class RecordFields {
  private static final String PROPERTY = "property:";
  private static final String OUTCOME = "outcome";

  private final String id;
  private final Map<String, String> fields;
  private final Map<String, String> body;

  RecordFields(String id, Map<String, String> fields, String body) {
    this.id = id;
    this.fields = fields;
    this.body = MessageBody.read(body);
  }

  /** Reads the flat list of names and values that a script returns, and the body. */
  static RecordFields ofList(String id, List<?> flat, String body) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      fields.put((String) flat.get(i), (String) flat.get(i + 1));
    }
    return new RecordFields(id, fields, body);
  }

  /** The sender's content as a body. */
  static String bodyOf(Message message) {
    List<String> parts = new ArrayList<>(List.of("text", message.text()));
    message.correlationId().ifPresent(c -> parts.addAll(List.of("correlationId", c)));
    message.properties().forEach((name, value) -> parts.addAll(List.of(PROPERTY + name, value)));
    return MessageBody.write(parts);
  }

  /** The text appended to the body by the acknowledgement. */
  static String outcome(String outcome) {
    return MessageBody.write(List.of(OUTCOME, outcome));
  }

  static String lane(Priority priority) {
    return priority.name().toLowerCase(Locale.ROOT);
  }

  Message message() {
    Map<String, String> properties = new HashMap<>();
    body.forEach(
        (name, value) -> {
          if (name.startsWith(PROPERTY)) {
            properties.put(name.substring(PROPERTY.length()), value);
          }
        });
    return new Message(
        id,
        Optional.ofNullable(body.get("correlationId")),
        body.getOrDefault("text", ""),
        properties,
        Priority.valueOf(text("lane").orElse("normal").toUpperCase(Locale.ROOT)),
        Duration.ZERO,
        text("timeToLive").map(t -> Duration.ofMillis(Long.parseLong(t))),
        text("endNotice").isPresent());
  }

  MessageRecord messageRecord() {
    return new MessageRecord(
        message(),
        MessageState.valueOf(fields.get("state")),
        deliveries(),
        sentAt(),
        time("updatedAt").orElseThrow(),
        time("deliveredAt"),
        time("endedAt"),
        text("failureCode").map(this::failure),
        Optional.ofNullable(body.get(OUTCOME)),
        number("replays"));
  }

  private Failure failure(String code) {
    return new Failure(
        code,
        text("failureDetail").orElse(""),
        text("failureStack").orElse(""),
        time("firstFailedAt").orElseThrow(),
        time("lastFailedAt").orElseThrow());
  }

  int deliveries() {
    return number("deliveries");
  }

  String lease() {
    return fields.get("lease");
  }

  /** When it was sent; for a removed message, whose record is nearly empty, when it was removed. */
  Instant sentAt() {
    return time("sentAt").or(() -> time("updatedAt")).orElseThrow();
  }

  private int number(String name) {
    return text(name).map(Integer::parseInt).orElse(0);
  }

  private Optional<Instant> time(String name) {
    return text(name).map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(fields.get(name));
  }
}
