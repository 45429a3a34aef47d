package io.thumbnailer.storage;

import java.time.Instant;
import java.util.Map;

/**
 * The store's description of an object.
 *
 * @param key its name
 * @param size in bytes
 * @param eTag the store's entity tag, without quotes
 * @param contentType empty if not known (in listings)
 * @param lastModified when it was stored
 * @param metadata user metadata, decoded; empty in listings
 */
public record ObjectInfo(
    String key,
    long size,
    String eTag,
    String contentType,
    Instant lastModified,
    Map<String, String> metadata) {
  public ObjectInfo {
    metadata = Map.copyOf(metadata);
  }
}
