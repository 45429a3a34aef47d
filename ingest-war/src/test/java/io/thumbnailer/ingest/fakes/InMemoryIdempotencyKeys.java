package io.thumbnailer.ingest.fakes;

import io.thumbnailer.messaging.IdempotencyKeys;
import io.thumbnailer.messaging.MessagingException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Idempotency keys in memory, which can be made unreachable and whose locks the test ends. */
public final class InMemoryIdempotencyKeys implements IdempotencyKeys {
  private record Entry(String fingerprint, String seed, String answer, boolean locked) {}

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private volatile boolean unreachable;

  public void setUnreachable(boolean unreachable) {
    this.unreachable = unreachable;
  }

  /** Lets the time of all locks pass. */
  public void endLocks() {
    entries.replaceAll((key, e) -> new Entry(e.fingerprint, e.seed, e.answer, false));
  }

  /** The number of keys with an answer. */
  public long completed() {
    return entries.values().stream().filter(entry -> entry.answer != null).count();
  }

  @Override
  public IdempotencyRecord begin(
      String key, String fingerprint, String seed, Duration lock, Duration retention) {
    check();
    Entry known = entries.get(key);
    if (known == null) {
      return lock(key, new Entry(fingerprint, seed, null, true));
    }
    if (!known.fingerprint.equals(fingerprint)) {
      return new Found(key, Status.OTHER, known);
    }
    if (known.answer != null) {
      return new Found(key, Status.KNOWN, known);
    }
    return known.locked
        ? new Found(key, Status.BUSY, known)
        : lock(key, new Entry(fingerprint, known.seed, null, true));
  }

  private IdempotencyRecord lock(String key, Entry entry) {
    entries.put(key, entry);
    return new Found(key, Status.NEW, entry);
  }

  private void check() {
    if (unreachable) {
      throw new MessagingException("the keys are unreachable");
    }
  }

  private final class Found implements IdempotencyRecord {
    private final String key;
    private final Status status;
    private final Entry entry;

    Found(String key, Status status, Entry entry) {
      this.key = key;
      this.status = status;
      this.entry = entry;
    }

    @Override
    public Status status() {
      return status;
    }

    @Override
    public String seed() {
      return entry.seed;
    }

    @Override
    public String answer() {
      return entry.answer;
    }

    @Override
    public void complete(String answer) {
      check();
      entries.put(key, new Entry(entry.fingerprint, entry.seed, answer, false));
    }

    @Override
    public void release() {
      check();
      entries.remove(key);
    }
  }
}
