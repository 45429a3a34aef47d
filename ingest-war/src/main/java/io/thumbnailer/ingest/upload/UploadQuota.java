package io.thumbnailer.ingest.upload;

import io.thumbnailer.ingest.http.ProblemException;

/** What the caller of the present request may still upload. */
public interface UploadQuota {
  /**
   * Takes one file from the caller's quota.
   *
   * @throws ProblemException when the quota is used up
   */
  void charge();

  /** Whose uploads these are: an idempotency key is the caller's own. */
  String caller();
}
