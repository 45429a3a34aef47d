package io.thumbnailer.messaging;

/**
 * Receives state changes as they happen. Both methods are called on the connection's own thread, so
 * they must not block.
 */
public interface ChangeListener {
  /** Called when a message has changed its state. */
  void changed(MessageChange change);

  /**
   * Called when the connection was established or re-established: earlier changes may have been
   * missed.
   */
  void connected();
}
