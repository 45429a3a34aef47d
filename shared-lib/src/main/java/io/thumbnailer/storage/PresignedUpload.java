package io.thumbnailer.storage;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * Leave to store one object, straight in the store and without credentials.
 *
 * @param url to send it to with PUT
 * @param headers that must be sent as they are; they are signed, as is the length
 * @param expiresAt when the leave ends
 */
public record PresignedUpload(URI url, Map<String, String> headers, Instant expiresAt) {
  /** Takes a copy. */
  public PresignedUpload {
    headers = Map.copyOf(headers);
  }
}
