package io.thumbnailer.messaging;

/** Where a message is in its life. */
public enum MessageState {
  /** Waiting for its first delivery. */
  QUEUED,
  /** A consumer holds its lease. */
  DELIVERED,
  /** An attempt failed or its consumer died; it waits for another. */
  RETRYING,
  /** Acknowledged. */
  ACKNOWLEDGED,
  /** In the dead letters. */
  DEAD,
  /** Its time to live ran out before a consumer took it. */
  EXPIRED,
  /** Removed on request; what is left is a tombstone. */
  REMOVED
}
