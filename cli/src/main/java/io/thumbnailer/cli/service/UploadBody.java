package io.thumbnailer.cli.service;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** A {@code multipart/form-data} body with one file, which is read while it is sent. */
final class UploadBody {
  private final String boundary = "thumbnailer-" + UUID.randomUUID();
  private final Path file;
  private final String filename;
  private final Map<String, String> fields;

  /** Creates a body of a file, its name, and the form's text fields. */
  UploadBody(Path file, String filename, Map<String, String> fields) {
    this.file = file;
    this.filename = filename;
    this.fields = Map.copyOf(fields);
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /** The fields come first, so that the server knows them before the file arrives. */
  BodyPublisher publisher() throws FileNotFoundException {
    StringBuilder head = new StringBuilder();
    fields.forEach(
        (name, value) ->
            head.append(disposition("name=\"" + escape(name) + "\""))
                .append("\r\n")
                .append(value)
                .append("\r\n"));
    head.append(disposition("name=\"file\"; filename=\"" + escape(filename) + "\""))
        .append("Content-Type: application/octet-stream\r\n\r\n");
    return BodyPublishers.concat(
        BodyPublishers.ofString(head.toString(), StandardCharsets.UTF_8),
        BodyPublishers.ofFile(file),
        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n", StandardCharsets.US_ASCII));
  }

  private String disposition(String parameters) {
    return "--" + boundary + "\r\nContent-Disposition: form-data; " + parameters + "\r\n";
  }

  /** Escapes names as the HTML standard does ("multipart/form-data boundary string"). */
  private static String escape(String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }
}
