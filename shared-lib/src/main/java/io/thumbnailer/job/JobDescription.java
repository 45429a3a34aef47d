package io.thumbnailer.job;

import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything that is needed to process a job. It is stored twice in the same form, as the message's
 * properties and as the original's metadata, so that the message can be rebuilt.
 *
 * @param id the job
 * @param filename the client's name for the file, used only as a label
 * @param size of the original in bytes
 * @param format of the original
 * @param width as shown, in pixels
 * @param height as shown, in pixels
 * @param sha256 of the original, in lower-case hex
 * @param renditions to make, at least one
 * @param priority the lane of its message
 * @param webhook the URL that is called when the job has ended
 * @param owner who submitted it, as short plain text; empty if callers are not distinguished
 */
public record JobDescription(
    JobId id,
    String filename,
    long size,
    ImageFormat format,
    int width,
    int height,
    String sha256,
    List<Rendition> renditions,
    Priority priority,
    Optional<String> webhook,
    Optional<String> owner) {

  /** Creates a job without a webhook. */
  public JobDescription(
      JobId id,
      String filename,
      long size,
      ImageFormat format,
      int width,
      int height,
      String sha256,
      List<Rendition> renditions,
      Priority priority) {
    this(
        id,
        filename,
        size,
        format,
        width,
        height,
        sha256,
        renditions,
        priority,
        Optional.empty(),
        Optional.empty());
  }

  public JobDescription {
    renditions = List.copyOf(renditions);
    if (renditions.isEmpty()) {
      throw new IllegalArgumentException("a job needs at least one rendition");
    }
  }

  /** Returns the description as short text properties, without the id. */
  public Map<String, String> toProperties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("filename", filename);
    properties.put("size", Long.toString(size));
    properties.put("format", format.name());
    properties.put("width", Integer.toString(width));
    properties.put("height", Integer.toString(height));
    properties.put("sha256", sha256);
    properties.put(
        "renditions",
        renditions.stream()
            .map(r -> r.name() + "=" + r.specification())
            .collect(Collectors.joining(";")));
    properties.put("priority", priority.name());
    webhook.ifPresent(address -> properties.put("webhook", address));
    owner.ifPresent(name -> properties.put("owner", name));
    return properties;
  }

  /**
   * The reverse of {@link #toProperties}; properties of other names are ignored.
   *
   * @throws IllegalArgumentException if one is missing or malformed
   */
  public static JobDescription fromProperties(JobId id, Map<String, String> properties) {
    return new JobDescription(
        id,
        required(properties, "filename"),
        Long.parseLong(required(properties, "size")),
        ImageFormat.valueOf(required(properties, "format")),
        Integer.parseInt(required(properties, "width")),
        Integer.parseInt(required(properties, "height")),
        required(properties, "sha256"),
        parseRenditions(required(properties, "renditions")),
        Priority.valueOf(required(properties, "priority")),
        Optional.ofNullable(properties.get("webhook")),
        Optional.ofNullable(properties.get("owner")));
  }

  /** The message that asks a worker to process the job. */
  public Message toMessage() {
    return new Message(
        id.toString(),
        Optional.empty(),
        "",
        toProperties(),
        priority,
        Duration.ZERO,
        Optional.empty(),
        webhook.isPresent());
  }

  /** The same job with another webhook, or none. */
  public JobDescription withWebhook(Optional<String> address) {
    return new JobDescription(
        id, filename, size, format, width, height, sha256, renditions, priority, address, owner);
  }

  /** The same job with another owner, or none. */
  public JobDescription withOwner(Optional<String> name) {
    return new JobDescription(
        id, filename, size, format, width, height, sha256, renditions, priority, webhook, name);
  }

  /** The reverse of {@link #toMessage}; throws {@link IllegalArgumentException}. */
  public static JobDescription fromMessage(Message message) {
    JobId id =
        JobId.parse(message.id())
            .orElseThrow(() -> new IllegalArgumentException("not a job id: " + message.id()));
    return fromProperties(id, message.properties());
  }

  private static List<Rendition> parseRenditions(String text) {
    List<Rendition> renditions = new ArrayList<>();
    for (String entry : text.split(";", -1)) {
      int equals = entry.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("not a rendition: " + entry);
      }
      renditions.add(Rendition.parse(entry.substring(0, equals), entry.substring(equals + 1)));
    }
    return renditions;
  }

  private static String required(Map<String, String> properties, String name) {
    String value = properties.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the job has no " + name);
    }
    return value;
  }
}
