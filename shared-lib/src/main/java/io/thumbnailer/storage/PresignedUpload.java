package io.thumbnailer.storage;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * Permission to upload one object straight to the store, without credentials.
 *
 * @param url to upload the object to with PUT
 * @param headers that must be sent unchanged; they are signed, as is the length
 * @param expiresAt when the permission expires
 */
public record PresignedUpload(URI url, Map<String, String> headers, Instant expiresAt) {
  public PresignedUpload {
    headers = Map.copyOf(headers);
  }
}
