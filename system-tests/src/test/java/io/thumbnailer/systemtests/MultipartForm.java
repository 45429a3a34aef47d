package io.thumbnailer.systemtests;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/**
 * A {@code multipart/form-data} body, written byte by byte so that it can also be a hostile one.
 */
public final class MultipartForm {
  private static final String BOUNDARY = "----thumbnailer-test-boundary";

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /** Adds a file part; quotes in its name are escaped as browsers do. */
  public MultipartForm file(String filename, byte[] content) {
    return part(
        "name=\"file\"; filename=\"" + filename.replace("\"", "%22") + "\"",
        "application/octet-stream",
        content);
  }

  /** Adds a text field. */
  public MultipartForm field(String name, String value) {
    return part("name=\"" + name + "\"", "text/plain", value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a part whose disposition is taken as it is. */
  public MultipartForm part(String disposition, String contentType, byte[] content) {
    text("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition);
    text("\r\nContent-Type: " + contentType + "\r\n\r\n");
    body.writeBytes(content);
    text("\r\n");
    return this;
  }

  /** The request's content type. */
  public String contentType() {
    return "multipart/form-data; boundary=" + BOUNDARY;
  }

  /** The finished body. */
  public BodyPublisher publisher() {
    return BodyPublishers.ofByteArray(bytes());
  }

  /** The finished body's bytes. */
  public byte[] bytes() {
    ByteArrayOutputStream finished = new ByteArrayOutputStream();
    finished.writeBytes(body.toByteArray());
    finished.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return finished.toByteArray();
  }

  private void text(String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
