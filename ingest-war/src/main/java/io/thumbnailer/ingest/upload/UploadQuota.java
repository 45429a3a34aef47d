package io.thumbnailer.ingest.upload;

import io.thumbnailer.ingest.http.ProblemException;

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
}
