package io.thumbnailer.messaging;

/** The state of a message. */
public enum MessageState {
  /** Waiting for its first delivery. */
  QUEUED,
  /** A consumer holds its lease. */
  DELIVERED,
  /** An attempt failed or its consumer died; waiting for the next attempt. */
  RETRYING,
  /** Acknowledged. */
  ACKNOWLEDGED,
  /** In the dead letters. */
  DEAD,
  /** Its time to live ended before its first delivery. */
  EXPIRED,
  /** Removed on request; only a tombstone is left. */
  REMOVED
}
