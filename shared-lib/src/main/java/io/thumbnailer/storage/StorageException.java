package io.thumbnailer.storage;

/** Object storage was unreachable or refused a request. */
public class StorageException extends RuntimeException {
  /** Creates an exception that says what failed and why. */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
