package io.thumbnailer.messaging;

/** A subscription that ends when it is closed. */
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
