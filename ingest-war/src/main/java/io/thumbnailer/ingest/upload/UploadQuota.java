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

  /** The owner recorded for the caller's jobs; empty if callers are not distinguished. */
  Optional<String> owner();

  /** Whether the caller may use the jobs of an owner; empty if the owner is not known. */
  boolean mayUse(Optional<String> owner);
}
