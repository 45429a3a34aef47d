package io.thumbnailer.messaging.redis;

import io.thumbnailer.digest.Sha256;
import io.thumbnailer.messaging.IdempotencyKeys;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Idempotency keys, each a hash with a time to live under the digest of the client's key. */
final class RedisIdempotencyKeys implements IdempotencyKeys {
  private final RedisQueue queue;

  RedisIdempotencyKeys(RedisQueue queue) {
    this.queue = queue;
  }

  @Override
  public IdempotencyRecord begin(
      String key, String fingerprint, String seed, Duration lock, Duration retention) {
    // Keys may have any length and content, so Redis stores their digest.
    String hashed = Sha256.hex(key);
    String owner = UUID.randomUUID().toString();
    List<String> answer =
        queue.list(
            RedisScript.REMEMBER,
            List.of(
                "begin",
                hashed,
                owner,
                fingerprint,
                seed,
                Long.toString(lock.toMillis()),
                Long.toString(retention.toMillis())));
    return new RedisIdempotencyRecord(
        queue,
        hashed,
        owner,
        Status.valueOf(answer.get(0).toUpperCase(Locale.ROOT)),
        answer.get(1),
        answer.get(2));
  }

  private record RedisIdempotencyRecord(
      RedisQueue queue, String key, String owner, Status status, String seed, String answer)
      implements IdempotencyRecord {
    @Override
    public void complete(String given) {
      var unused = queue.<String>list(RedisScript.REMEMBER, List.of("complete", key, owner, given));
    }

    @Override
    public void release() {
      var unused = queue.<String>list(RedisScript.REMEMBER, List.of("release", key, owner));
    }
  }
}
