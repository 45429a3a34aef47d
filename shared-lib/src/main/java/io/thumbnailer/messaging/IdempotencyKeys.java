package io.thumbnailer.messaging;

import java.time.Duration;

/**
 * Stores the answers to requests under a key that the client chose, following the IETF draft "The
 * Idempotency-Key HTTP Header Field". A repeated request gets the first request's answer. A request
 * that crashed half-way is continued with the first request's seed, so that it creates the same
 * jobs instead of new ones.
 */
public interface IdempotencyKeys {

  /**
   * Begins a request.
   *
   * @param key chosen by the client; any text
   * @param fingerprint digest of everything that the answer depends on
   * @param seed input of the request that must stay the same when the request is repeated
   * @param lock time after which another server may continue a request that was neither completed
   *     nor released
   * @param retention how long the key is kept, from its first use
   */
  IdempotencyRecord begin(
      String key, String fingerprint, String seed, Duration lock, Duration retention);

  /** What a key stands for. */
  enum Status {
    /** The caller must process the request, with the given seed. */
    NEW,
    /** The same request is being processed elsewhere. */
    BUSY,
    /** The key was used for a request with a different fingerprint. */
    OTHER,
    /** The request was completed; its answer is given. */
    KNOWN
  }

  /** A request that was started. */
  interface IdempotencyRecord {
    /** What to do about it. */
    Status status();

    /** The seed of the first request; only when new or known. */
    String seed();

    /** The answer; only when known. */
    String answer();

    /** Stores the answer of a new request. */
    void complete(String answer);

    /** Deletes the record of a new request that had no effect. */
    void release();
  }
}
