package io.thumbnailer.health;

import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.StorageException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** The services that both applications depend on: Redis and S3. */
public final class Dependencies {
  private static final Duration KEPT = Duration.ofSeconds(5);

  private final MessagingContext messaging;
  private final ObjectStore objects;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile Observation latest = Observation.NONE;

  /** The last observation and its time, in ns of {@link System#nanoTime}. */
  private record Observation(State redis, State storage, long at) {
    static final Observation NONE = new Observation(State.UNKNOWN, State.UNKNOWN, 0);

    boolean old() {
      return redis == State.UNKNOWN || System.nanoTime() - at > KEPT.toNanos();
    }
  }

  /** The known state of a service. */
  public enum State {
    /** Not checked yet. */
    UNKNOWN,
    /** It responded. */
    REACHABLE,
    /** It did not respond, or refused. */
    UNREACHABLE;

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Dependencies(MessagingContext messaging, ObjectStore objects) {
    this.messaging = messaging;
    this.objects = objects;
  }

  /** Checks both; the response is down if one is unreachable, and its data says which. */
  public HealthCheckResponse check(String name) {
    Observation now = ask();
    return response(name, now)
        .status(now.redis() == State.REACHABLE && now.storage() == State.REACHABLE)
        .build();
  }

  /**
   * Always up; the data show the state of both as of some seconds ago. Never waits, and frequent
   * calls do not cause frequent requests to Redis and S3.
   */
  public HealthCheckResponse report(String name) {
    return response(name, recent()).up().build();
  }

  /** Redis, as it was some seconds ago. */
  public State redis() {
    return recent().redis();
  }

  /** S3, as it was some seconds ago. */
  public State storage() {
    return recent().storage();
  }

  private static HealthCheckResponseBuilder response(String name, Observation seen) {
    return HealthCheckResponse.named(name)
        .withData("redis", seen.redis().text())
        .withData("s3", seen.storage().text());
  }

  private Observation recent() {
    Observation known = latest;
    if (known.old() && asking.compareAndSet(false, true)) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  var unused = ask();
                } finally {
                  asking.set(false);
                }
              },
              "dependencies");
      thread.setDaemon(true);
      thread.start();
    }
    return known;
  }

  private Observation ask() {
    Observation seen = new Observation(redisNow(), storageNow(), System.nanoTime());
    latest = seen;
    return seen;
  }

  private State redisNow() {
    try {
      messaging.checkReachable();
      return State.REACHABLE;
    } catch (MessagingException e) {
      return State.UNREACHABLE;
    }
  }

  private State storageNow() {
    try {
      objects.checkReachable();
      return State.REACHABLE;
    } catch (StorageException e) {
      return State.UNREACHABLE;
    }
  }
}
