package io.thumbnailer.ingest;

/** What the caller of the present request may still upload. */
public interface UploadQuota {
  /**
   * Takes one file from the caller's quota.
   *
   * @throws ProblemException when the quota is used up
   */
  void charge();
}
