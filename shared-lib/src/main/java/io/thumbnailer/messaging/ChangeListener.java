package io.thumbnailer.messaging;

/**
 * Hears of changes as they happen. Both methods are called on the connection's own thread, so they
 * must return at once.
 */
public interface ChangeListener {
  /** A message changed its state. */
  void changed(MessageChange change);

  /** The connection was made, or made again: changes before this moment may have been missed. */
  void connected();
}
