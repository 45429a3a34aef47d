package io.thumbnailer.ingest.upload.direct;

import io.thumbnailer.ingest.http.Links;
import io.thumbnailer.storage.PresignedUpload;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Permission to upload a file straight to storage.
 *
 * @param id of the job that it becomes
 * @param upload the request to send
 * @param links related resources
 */
public record DirectUploadView(
    @Schema(format = "uuid") String id, Upload upload, DirectLinks links) {
  static final String EXAMPLE =
      """
      {"id":"019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b",
       "upload":{"method":"PUT","url":"https://photos.s3.amazonaws.com/incoming/019a?X-Amz-Signature=…",
         "headers":{"content-type":"image/jpeg","x-amz-meta-filename":"photo.jpg"},
         "expiresAt":"2026-11-24T10:15:00Z"},
       "links":{"complete":"/uploads/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b/complete",
         "self":"/jobs/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b"}}""";

  /**
   * A request that the client may send.
   *
   * @param method always PUT
   * @param url where to
   * @param headers that must be sent unchanged; the length must be the requested one
   * @param expiresAt when the permission expires
   */
  public record Upload(String method, String url, Map<String, String> headers, Instant expiresAt) {}

  /**
   * Related resources.
   *
   * @param complete to call after the upload
   * @param self the job, once the upload is complete
   */
  public record DirectLinks(String complete, String self) {}

  static DirectUploadView of(String id, PresignedUpload upload) {
    return new DirectUploadView(
        id,
        new Upload("PUT", upload.url().toString(), upload.headers(), upload.expiresAt()),
        new DirectLinks("/uploads/" + id + "/complete", Links.job(id)));
  }
}
