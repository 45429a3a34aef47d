package io.thumbnailer.health;

import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.StorageException;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** The services that both applications depend on: Redis and S3. */
public final class Dependencies {
  private static final String REDIS = "redis";
  private static final String STORAGE = "s3";
  private static final String REACHABLE = "reachable";
  private static final String UNREACHABLE = "unreachable";

  private final MessagingContext messaging;
  private final ObjectStore objects;

  public Dependencies(MessagingContext messaging, ObjectStore objects) {
    this.messaging = messaging;
    this.objects = objects;
  }

  /** Checks both; the response is down if one is unreachable, and its data says which. */
  public HealthCheckResponse check(String name) {
    HealthCheckResponseBuilder response = HealthCheckResponse.named(name);
    boolean redis = redisReachable();
    boolean storage = storageReachable();
    return response
        .withData(REDIS, redis ? REACHABLE : UNREACHABLE)
        .withData(STORAGE, storage ? REACHABLE : UNREACHABLE)
        .status(redis && storage)
        .build();
  }

  private boolean redisReachable() {
    try {
      messaging.checkReachable();
      return true;
    } catch (MessagingException e) {
      return false;
    }
  }

  private boolean storageReachable() {
    try {
      objects.checkReachable();
      return true;
    } catch (StorageException e) {
      return false;
    }
  }
}
