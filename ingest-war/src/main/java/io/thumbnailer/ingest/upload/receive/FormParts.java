package io.thumbnailer.ingest.upload.receive;

import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.james.mime4j.util.MimeParameterMapping;

/**
 * The parts of a {@code multipart/form-data} body (RFC 7578), one after the other and as streams.
 * Transfer encodings and declared types of parts are ignored.
 */
final class FormParts implements AutoCloseable {
  /** A file name of 255 characters of four bytes each takes about 3,000 when percent-encoded. */
  private static final int MAX_HEADER_BYTES = 8192;

  private static final int MAX_HEADERS = 16;

  /** The limit of RFC 2046. The time to search for a boundary may grow with its length. */
  private static final int MAX_BOUNDARY = 70;

  private static final MimeConfig LIMITS =
      MimeConfig.custom()
          .setStrictParsing(true) // a body that ends before its last boundary is not a form
          .setMaxLineLen(MAX_HEADER_BYTES)
          .setMaxHeaderLen(MAX_HEADER_BYTES)
          .setMaxHeaderCount(MAX_HEADERS)
          .build();

  private final MimeTokenStream tokens = new MimeTokenStream(LIMITS);

  /**
   * One part.
   *
   * @param name of the field, empty if it has none
   * @param filename as the client sent it, present if the part is a file
   * @param content must be read before the next part is requested
   */
  record Part(String name, Optional<String> filename, InputStream content) {}

  /**
   * Creates a reader of a body; nothing is read yet.
   *
   * @throws ProblemException if the type is not that of a form, or has no boundary
   */
  FormParts(String contentType, InputStream body) {
    tokens.parseHeadless(body, contentType);
    if (tokens.getState() != EntityState.T_START_MULTIPART
        || !"multipart/form-data".equals(tokens.getBodyDescriptor().getMimeType())) {
      throw new ProblemException(
          ProblemCode.NO_FILE, "the request must be multipart/form-data with a part named file");
    }
    int boundary = tokens.getBodyDescriptor().getBoundary().length();
    if (boundary < 1 || boundary > MAX_BOUNDARY) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST, "the boundary must have 1 to " + MAX_BOUNDARY + " characters");
    }
    tokens.setRecursionMode(RecursionMode.M_FLAT);
  }

  /**
   * The next part, empty after the last.
   *
   * @throws ProblemException if the next part is malformed
   */
  Optional<Part> next() throws IOException {
    Map<String, String> disposition = Map.of();
    try {
      while (tokens.getState() != EntityState.T_END_OF_STREAM) {
        switch (tokens.next()) {
          case T_START_HEADER -> disposition = Map.of();
          case T_FIELD -> {
            Field field = tokens.getField();
            if (field.getNameLowerCase().equals("content-disposition")) {
              disposition = parameters(field);
            }
          }
          case T_BODY -> {
            return Optional.of(
                new Part(
                    disposition.getOrDefault("name", ""),
                    filename(disposition),
                    tokens.getInputStream()));
          }
          case T_EPILOGUE, T_END_MULTIPART -> {
            return Optional.empty(); // anything after the form is not read
          }
          default -> {}
        }
      }
      return Optional.empty();
    } catch (MimeException e) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST,
          "the form is malformed, or a part has a header of more than %d bytes or more than %d headers"
              .formatted(MAX_HEADER_BYTES, MAX_HEADERS),
          e);
    }
  }

  private static Map<String, String> parameters(Field field) {
    RawField raw =
        field instanceof RawField given ? given : new RawField(field.getName(), field.getBody());
    Map<String, String> parameters = new HashMap<>();
    for (NameValuePair parameter : RawFieldParser.DEFAULT.parseRawBody(raw).getParams()) {
      if (parameter.getValue() != null) {
        parameters.putIfAbsent(parameter.getName().toLowerCase(Locale.ROOT), parameter.getValue());
      }
    }
    return parameters;
  }

  /** Forms should not use the extended parameter, but some HTTP libraries send only that. */
  private static Optional<String> filename(Map<String, String> disposition) {
    String extended = disposition.get("filename*");
    if (extended == null) {
      return Optional.ofNullable(disposition.get("filename"));
    }
    MimeParameterMapping mapping = new MimeParameterMapping();
    mapping.addParameter("filename*", extended);
    return Optional.ofNullable(mapping.get("filename"));
  }

  /** Ends the reading; does not close the body. */
  @Override
  public void close() {
    tokens.stop();
  }
}
