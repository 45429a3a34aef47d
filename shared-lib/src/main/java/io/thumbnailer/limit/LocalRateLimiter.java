package io.thumbnailer.limit;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts in the memory of this server, by the same rules as the limits across all servers.
 * Remembers the most recent subjects, up to a bound.
 */
public final class LocalRateLimiter implements RateLimiter {
  private static final int MAX_SUBJECTS = 10_000;

  private final Clock clock;
  private final Map<String, Long> fullAtMicros = recent();
  private final Map<String, Used> used = recent();

  private record Used(long window, long amount) {}

  /** Creates a limiter that has counted nothing. */
  public LocalRateLimiter(Clock clock) {
    this.clock = clock;
  }

  private static <V> Map<String, V> recent() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MAX_SUBJECTS;
      }
    };
  }

  @Override
  public synchronized Decision take(String subject, Rate rate) {
    long interval = Math.max(1, rate.period().toNanos() / 1000 / rate.perPeriod());
    long now = clock.millis() * 1000;
    long theoretical = Math.max(now, fullAtMicros.getOrDefault(subject, now));
    long allowedFrom = theoretical + interval - rate.burst() * interval;
    if (allowedFrom > now) {
      return new Decision(false, 0, micros(theoretical - now), micros(allowedFrom - now));
    }
    long next = theoretical + interval;
    fullAtMicros.put(subject, next);
    long remaining = (rate.burst() * interval - (next - now)) / interval;
    return new Decision(true, remaining, micros(next - now), Duration.ZERO);
  }

  @Override
  public synchronized Decision take(String subject, Quota quota, long amount) {
    long millis = quota.window().toMillis();
    long now = clock.millis();
    long window = now / millis;
    Duration reset = Duration.ofMillis((window + 1) * millis - now);
    Used before = used.get(subject);
    long taken = before != null && before.window() == window ? before.amount() : 0;
    if (taken + amount > quota.most()) {
      return new Decision(false, quota.most() - taken, reset, reset);
    }
    used.put(subject, new Used(window, taken + amount));
    return new Decision(true, quota.most() - taken - amount, reset, Duration.ZERO);
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(micros * 1000);
  }
}
