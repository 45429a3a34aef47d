package io.thumbnailer.ingest.fakes;

import io.thumbnailer.storage.ObjectInfo;
import io.thumbnailer.storage.ObjectPage;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.PresignedUpload;
import io.thumbnailer.storage.StorageException;
import io.thumbnailer.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Object storage in memory, which can be made unreachable. */
public final class InMemoryObjectStore implements ObjectStore {
  private static final class Entry {
    private final byte[] content;
    private final ObjectInfo info;

    Entry(byte[] content, ObjectInfo info) {
      this.content = content;
      this.info = info;
    }
  }

  private final ConcurrentSkipListMap<String, Entry> entries = new ConcurrentSkipListMap<>();
  private final Map<String, Signed> signed = new ConcurrentHashMap<>();
  private volatile boolean unreachable;

  private record Signed(String contentType, Map<String, String> metadata) {}

  /** From now on every call fails, or none. */
  public void setUnreachable(boolean unreachable) {
    this.unreachable = unreachable;
  }

  /** Stores a file as the holder of its presigned URL does. */
  public void send(String key, byte[] content) {
    Signed permission = signed.get(key);
    put(key, content, permission.contentType(), permission.metadata());
  }

  /** All keys. */
  public Set<String> keys() {
    return Set.copyOf(entries.keySet());
  }

  @Override
  public void put(String key, Path file, String contentType, Map<String, String> metadata) {
    put(key, read(file), contentType, metadata);
  }

  @Override
  public void put(String key, byte[] content, String contentType, Map<String, String> metadata) {
    checkReachable();
    entries.put(key, entry(key, content, contentType, metadata));
  }

  @Override
  public boolean create(
      String key,
      byte[] content,
      String contentType,
      String cacheControl,
      Map<String, String> metadata) {
    checkReachable();
    return entries.putIfAbsent(key, entry(key, content, contentType, metadata)) == null;
  }

  @Override
  public boolean create(String key, Path file, String contentType, Map<String, String> metadata) {
    return create(key, read(file), contentType, "", metadata);
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    checkReachable();
    return Optional.ofNullable(entries.get(key)).map(entry -> entry.info);
  }

  @Override
  public Optional<StoredObject> open(String key) {
    checkReachable();
    return Optional.ofNullable(entries.get(key))
        .map(entry -> new StoredObject(entry.info, new ByteArrayInputStream(entry.content)));
  }

  @Override
  public Optional<ObjectInfo> download(String key, Path target) {
    checkReachable();
    Optional<Entry> found = Optional.ofNullable(entries.get(key));
    found.ifPresent(entry -> write(target, entry.content));
    return found.map(entry -> entry.info);
  }

  @Override
  public void delete(String key) {
    checkReachable();
    entries.remove(key);
  }

  @Override
  public ObjectPage list(String prefix, Optional<String> startAfter, int limit) {
    checkReachable();
    List<ObjectInfo> found =
        entries.tailMap(startAfter.orElse(prefix), startAfter.isEmpty()).values().stream()
            .map(entry -> entry.info)
            .filter(info -> info.key().startsWith(prefix))
            .limit(limit + 1L)
            .toList();
    return new ObjectPage(found.subList(0, Math.min(limit, found.size())), found.size() > limit);
  }

  @Override
  public PresignedUpload presignPut(
      String key, String contentType, long size, Map<String, String> metadata, Duration validity) {
    checkReachable();
    signed.put(key, new Signed(contentType, Map.copyOf(metadata)));
    return new PresignedUpload(
        URI.create("https://storage.test/" + key),
        Map.of("Content-Type", contentType),
        Instant.now().plus(validity));
  }

  @Override
  public URI presignGet(String key, String cacheControl, Duration validity) {
    checkReachable();
    return URI.create("https://storage.test/" + key);
  }

  @Override
  public void checkReachable() {
    if (unreachable) {
      throw new StorageException("the store is unreachable", null);
    }
  }

  private static Entry entry(
      String key, byte[] content, String contentType, Map<String, String> metadata) {
    return new Entry(
        content.clone(),
        new ObjectInfo(
            key, content.length, "e" + content.length, contentType, Instant.now(), metadata));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
