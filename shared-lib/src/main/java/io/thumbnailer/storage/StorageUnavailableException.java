package io.thumbnailer.storage;

/**
 * Object storage does not answer, or answers that it cannot serve now. It says nothing about the
 * object: the same call may succeed later.
 */
public class StorageUnavailableException extends StorageException {
  /** Creates an exception that says what failed and why. */
  public StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
