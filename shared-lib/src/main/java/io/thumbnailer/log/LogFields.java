package io.thumbnailer.log;

/**
 * The fields that the logging of this JVM adds to every line of the calling thread. A server
 * provides it as a service ({@link java.util.ServiceLoader}).
 */
public interface LogFields {
  /** Adds a field, or gives it another value. */
  void put(String name, String value);

  /** Removes a field; removing a missing field is not an error. */
  void remove(String name);
}
