package io.thumbnailer.storage;

/** Object storage could not be reached or refused. */
public class StorageException extends RuntimeException {
  /** With what was tried and why it failed. */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
