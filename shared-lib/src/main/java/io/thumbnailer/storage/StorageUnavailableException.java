package io.thumbnailer.storage;

/**
 * Object storage does not answer, or answers that it cannot serve now. It says nothing about the
 * object: the same call may succeed later.
 */
public class StorageUnavailableException extends StorageException {
  /** With what was tried and why it failed. */
  public StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
