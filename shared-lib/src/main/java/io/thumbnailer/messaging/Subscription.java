package io.thumbnailer.messaging;

/** Ends a listener's calls when it is closed. */
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
