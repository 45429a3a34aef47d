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

/** A message's record as the fields of a Redis hash. */
final class RecordFields {
  private static final String PROPERTY = "property:";

  private final String id;
  private final Map<String, String> fields;

  RecordFields(String id, Map<String, String> fields) {
    this.id = id;
    this.fields = fields;
  }

  /** From the flat list of names and values that a script returns. */
  static RecordFields ofList(String id, List<?> flat) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      fields.put((String) flat.get(i), (String) flat.get(i + 1));
    }
    return new RecordFields(id, fields);
  }

  /** The fields that the sender gives, as a flat list. */
  static List<String> ofMessage(Message message) {
    List<String> flat = new ArrayList<>(List.of("text", message.text()));
    message.correlationId().ifPresent(c -> flat.addAll(List.of("correlationId", c)));
    message
        .timeToLive()
        .ifPresent(t -> flat.addAll(List.of("timeToLive", Long.toString(t.toMillis()))));
    message.properties().forEach((name, value) -> flat.addAll(List.of(PROPERTY + name, value)));
    return flat;
  }

  static String lane(Priority priority) {
    return priority.name().toLowerCase(Locale.ROOT);
  }

  Message message() {
    Map<String, String> properties = new HashMap<>();
    fields.forEach(
        (name, value) -> {
          if (name.startsWith(PROPERTY)) {
            properties.put(name.substring(PROPERTY.length()), value);
          }
        });
    return new Message(
        id,
        text("correlationId"),
        text("text").orElse(""),
        properties,
        Priority.valueOf(text("lane").orElse("normal").toUpperCase(Locale.ROOT)),
        Duration.ZERO,
        text("timeToLive").map(t -> Duration.ofMillis(Long.parseLong(t))));
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
        text("outcome"));
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
    return Integer.parseInt(fields.get("deliveries"));
  }

  String fence() {
    return fields.get("fence");
  }

  Instant sentAt() {
    return time("sentAt").orElseThrow();
  }

  private Optional<Instant> time(String name) {
    return text(name).map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(fields.get(name));
  }
}
