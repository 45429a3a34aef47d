package io.thumbnailer.storage;

import io.thumbnailer.resilience.CircuitBreaker;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Runs calls of one bucket and turns their failures into {@link StorageException}s. After a
 * time-out calls fail at once until the bucket answers a probe, so that a hanging S3 does not block
 * one thread after the other.
 */
final class S3Availability implements AutoCloseable {
  private static final Duration PROBE_PAUSE = Duration.ofMillis(500);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final String bucket;
  private final CircuitBreaker breaker;

  S3Availability(String bucket, Runnable probe) {
    this.bucket = bucket;
    this.breaker = new CircuitBreaker("s3", probe, PROBE_PAUSE);
  }

  <T> T attempt(String what, Supplier<T> call) {
    if (breaker.isOpen()) {
      throw new StorageUnavailableException(
          message(what), new IllegalStateException("S3 does not respond"));
    }
    try {
      return call.get();
    } catch (SdkException e) {
      if (e instanceof AbortedException) {
        Thread.currentThread().interrupt();
        throw new StorageException(message(what), e);
      }
      if (timedOut(e)) {
        breaker.trip();
      }
      throw unavailable(e)
          ? new StorageUnavailableException(message(what), e)
          : new StorageException(message(what), e);
    }
  }

  private String message(String what) {
    return "Bucket " + bucket + ": could not " + what;
  }

  private static boolean timedOut(SdkException e) {
    return e instanceof ApiCallTimeoutException
        || e instanceof ApiCallAttemptTimeoutException
        || causedBy(e, SocketTimeoutException.class);
  }

  private static boolean unavailable(SdkException e) {
    if (e instanceof S3Exception answered) {
      return answered.statusCode() >= SERVER_ERROR || answered.statusCode() == TOO_MANY_REQUESTS;
    }
    return timedOut(e) || causedBy(e, IOException.class);
  }

  private static boolean causedBy(Throwable e, Class<? extends Throwable> type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    breaker.close();
  }
}
