package io.thumbnailer.messaging;

import java.time.Duration;

/**
 * Remembers the answers to requests by a key that the client chose, after the IETF draft "The
 * Idempotency-Key HTTP Header Field". A request that is repeated gets the first one's answer; one
 * that crashed half-way is taken up with the first one's seed, so that it makes the same things
 * again instead of new ones.
 */
public interface IdempotencyKeys {

  /**
   * Begins a request.
   *
   * @param key chosen by the client; any text
   * @param fingerprint of everything that the answer depends on
   * @param seed what the answer is made from and must not change when the request is repeated
   * @param lock time after which another may take up a request that was neither completed nor
   *     released
   * @param retention how long the key is remembered, counted from its first use
   */
  IdempotencyRecord begin(
      String key, String fingerprint, String seed, Duration lock, Duration retention);

  /** What a key stands for. */
  enum Status {
    /** The request is ours to do, with the seed that is given. */
    NEW,
    /** The same request is being done elsewhere. */
    BUSY,
    /** The key was used for a request of another fingerprint. */
    OTHER,
    /** The request was done: its answer is given. */
    KNOWN
  }

  /** A request that was begun. */
  interface IdempotencyRecord {
    /** What to do about it. */
    Status status();

    /** The seed of the first request; only when new or known. */
    String seed();

    /** The answer; only when known. */
    String answer();

    /** Remembers the answer of a new request. */
    void complete(String answer);

    /** Forgets a new request of which nothing came. */
    void release();
  }
}
