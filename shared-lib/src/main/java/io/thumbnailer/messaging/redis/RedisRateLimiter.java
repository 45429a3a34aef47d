package io.thumbnailer.messaging.redis;

import io.thumbnailer.digest.Sha256;
import io.thumbnailer.limit.Quota;
import io.thumbnailer.limit.Rate;
import io.thumbnailer.limit.RateLimiter;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Limits in Redis, by Redis' clock; the keys of one subject are in one slot of a cluster. */
final class RedisRateLimiter implements RateLimiter {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private final Function<String, RedisQueue> keysOf;

  /** Uses a function that gives the place of a subject's keys. */
  RedisRateLimiter(Function<String, RedisQueue> keysOf) {
    this.keysOf = keysOf;
  }

  @Override
  public Decision take(String subject, Rate rate) {
    long interval = Math.max(1, rate.period().toNanos() / 1000 / rate.perPeriod());
    return decide(subject, List.of("rate", Long.toString(interval), Long.toString(rate.burst())));
  }

  @Override
  public Decision take(String subject, Quota quota, long amount) {
    return decide(
        subject,
        List.of(
            "quota",
            Long.toString(quota.window().toMillis()),
            Long.toString(quota.most()),
            Long.toString(amount)));
  }

  private Decision decide(String subject, List<String> arguments) {
    List<Long> answer = keysOf.apply(keyOf(subject)).list(RedisScript.LIMIT, arguments);
    return new Decision(
        answer.get(0) == 1,
        answer.get(1),
        Duration.ofMillis(answer.get(2)),
        Duration.ofMillis(answer.get(3)));
  }

  /** A token's subject may be any text; unusual ones are replaced by their digest. */
  private static String keyOf(String subject) {
    return PLAIN.matcher(subject).matches() ? subject : "sha256:" + Sha256.hex(subject);
  }
}
