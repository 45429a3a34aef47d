package io.thumbnailer.log;

/**
 * The fields that the logging of this JVM adds to every line of the calling thread. A server that
 * has such a thing provides it as a service ({@link java.util.ServiceLoader}).
 */
public interface LogFields {
  /** Adds a field, or gives it another value. */
  void put(String name, String value);

  /** Takes a field away; one that is not there is no error. */
  void remove(String name);
}
