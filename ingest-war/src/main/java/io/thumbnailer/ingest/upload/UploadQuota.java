package io.thumbnailer.ingest.upload;

import io.thumbnailer.ingest.http.ProblemException;
import java.util.Optional;

/** The remaining quota of the current caller. */
public interface UploadQuota {
  /**
   * Counts one file against the caller's quota.
   *
   * @throws ProblemException if the quota is used up
   */
  void charge();

  /** The caller's name: idempotency keys belong to a caller. */
  String caller();

  /** The name that the caller's jobs carry; empty where callers are not told apart. */
  Optional<String> owner();

  /** Whether the caller may use the jobs of an owner, of whom nothing is known when empty. */
  boolean mayUse(Optional<String> owner);
}
