package io.thumbnailer.ingest.upload.direct;

import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.ingest.upload.receive.DisplayName;
import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A file that a client is going to upload straight to storage.
 *
 * @param filename the client's name for the file
 * @param contentType declared media type; the format is determined from the file's bytes
 * @param size in bytes; the upload must have exactly this size
 * @param renditions names of the requested renditions, separated by commas; all if missing
 * @param priority high, normal or low; normal if missing
 */
@Schema(requiredProperties = {"contentType", "size"})
public record DirectUploadRequest(
    String filename,
    String contentType,
    long size,
    String renditions,
    @Schema(
            enumeration = {"high", "normal", "low"},
            defaultValue = "normal")
        String priority) {
  static final String EXAMPLE =
      """
      {"filename":"photo.jpg","contentType":"image/jpeg","size":3145728,"renditions":"small,large",
       "priority":"normal"}\
      """;

  static final int MAX_BODY = 8192;

  /** A name that occurs twice is an error: another program could read the other value. */
  private static final JsonReaderFactory READERS =
      Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,60}");

  /** Reads the JSON of a request; throws {@link ProblemException} if it is malformed. */
  static DirectUploadRequest read(InputStream body) {
    try {
      byte[] bytes = body.readNBytes(MAX_BODY + 1);
      if (bytes.length > MAX_BODY) {
        throw bad("the request body is longer than " + MAX_BODY + " bytes");
      }
      requireEnd(bytes);
      try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(bytes))) {
        return from(reader.readObject());
      }
    } catch (ProblemException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // not only JsonException: the parser throws others for long numbers and deep nesting
      throw new ProblemException(
          ProblemCode.BAD_REQUEST, "the request body must be a JSON object", e);
    }
  }

  /** A reader ignores what follows the object; a parser fails. */
  private static void requireEnd(byte[] json) {
    try (JsonParser parser = Json.createParser(new ByteArrayInputStream(json))) {
      while (parser.hasNext()) {
        var unused = parser.next();
      }
    }
  }

  private static DirectUploadRequest from(JsonObject json) {
    String contentType = text(json, "contentType").orElse("");
    if (!MEDIA_TYPE.matcher(contentType).matches()) {
      throw bad("contentType must be a media type, for example image/jpeg");
    }
    return new DirectUploadRequest(
        DisplayName.of(text(json, "filename").orElse(null)),
        contentType,
        size(json),
        text(json, "renditions").orElse(null),
        text(json, "priority").orElse(null));
  }

  private static long size(JsonObject json) {
    if (json.get("size") instanceof JsonNumber number && number.isIntegral()) {
      BigInteger size = number.bigIntegerValue();
      if (size.signum() > 0 && size.bitLength() < Long.SIZE) {
        return size.longValue();
      }
    }
    throw bad("size must be a whole number of bytes, at least 1");
  }

  private static Optional<String> text(JsonObject json, String name) {
    JsonValue value = json.get(name);
    if (value == null || value == JsonValue.NULL) {
      return Optional.empty();
    }
    if (value instanceof JsonString string) {
      return Optional.of(string.getString());
    }
    throw bad(name + " must be a string");
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(ProblemCode.BAD_REQUEST, detail);
  }
}
