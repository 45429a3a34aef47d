package io.thumbnailer.scalinglab.upload;

import java.net.http.HttpRequest;
import java.util.List;

/** A file's bytes, shared by all its uploads and never changed. */
public final class ImageBytes {
  private final byte[] bytes;

  ImageBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The number of bytes. */
  public int size() {
    return bytes.length;
  }

  HttpRequest.BodyPublisher between(byte[] head, byte[] tail) {
    return HttpRequest.BodyPublishers.ofByteArrays(List.of(head, bytes, tail));
  }
}
