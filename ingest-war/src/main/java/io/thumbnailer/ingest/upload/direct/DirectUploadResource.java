package io.thumbnailer.ingest.upload.direct;

import io.thumbnailer.ingest.http.JobParameter;
import io.thumbnailer.ingest.http.Links;
import io.thumbnailer.ingest.upload.BackPressure;
import io.thumbnailer.ingest.upload.UploadQuota;
import io.thumbnailer.ingest.upload.UploadResponse;
import io.thumbnailer.ingest.upload.UploadResult;
import io.thumbnailer.ingest.upload.receive.BoundedBody;
import io.thumbnailer.ingest.upload.receive.ConcurrencyLimit;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.ThumbnailJob;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Uploads straight to storage: {@code POST /uploads}, then {@code /uploads/{id}/complete}. */
@Singleton
@Path("/uploads")
@Tag(name = "uploads")
public class DirectUploadResource {
  /** The maximum number of descriptions that are read at the same time, in total and per caller. */
  private static final int BODIES = 64;

  private static final int BODIES_PER_CALLER = 16;

  /** Time for the 8 KiB of a description. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final DirectUploads uploads;
  private final BackPressure backPressure;
  private final UploadQuota quota;
  private final ConcurrencyLimit bodies = new ConcurrencyLimit(BODIES, BODIES_PER_CALLER);

  @Inject
  public DirectUploadResource(DirectUploads uploads, BackPressure backPressure, UploadQuota quota) {
    this.uploads = uploads;
    this.backPressure = backPressure;
    this.quota = quota;
  }

  /** Returns a presigned URL for the file. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "beginDirectUpload",
      summary = "Get a presigned URL for uploading a file straight to storage",
      description = "Upload the file with PUT and the given headers, then call complete.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DirectUploadRequest.class),
              examples = @ExampleObject(name = "photo", value = DirectUploadRequest.EXAMPLE)))
  @APIResponse(
      responseCode = "201",
      description = "The presigned URL",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DirectUploadView.class),
              examples = @ExampleObject(name = "photo", value = DirectUploadView.EXAMPLE)))
  @APIResponse(responseCode = "400", description = "`bad-request`: invalid request body")
  @APIResponse(responseCode = "408", description = "`request-timeout`: the request took too long")
  @APIResponse(responseCode = "413", description = "`too-large`")
  @APIResponse(
      responseCode = "503",
      description = "`queue-full`, `queue-unavailable` or `storage-unavailable`, with Retry-After")
  public Response begin(InputStream body) {
    backPressure.admit();
    return Response.status(Response.Status.CREATED).entity(uploads.begin(read(body))).build();
  }

  /** A slow body holds a thread, so there are few permits and little time. */
  private DirectUploadRequest read(InputStream body) {
    ConcurrencyLimit.Permit permit = bodies.acquire(quota.owner());
    try {
      return DirectUploadRequest.read(
          new BoundedBody(body, LONGEST, DirectUploadRequest.MAX_BODY + 1L));
    } finally {
      permit.close();
    }
  }

  /** Checks what was sent and queues its job. */
  @POST
  @Path("/{id}/complete")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "completeDirectUpload",
      summary = "Complete an upload",
      description =
          "Runs the same checks as any upload. The upload's id is the job's. Safe to repeat.")
  @APIResponse(
      responseCode = "202",
      description = "Accepted; Location is the job",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = UploadResponse.class),
              examples = @ExampleObject(name = "accepted", value = UploadResponse.EXAMPLE)))
  @APIResponse(responseCode = "404", description = "`not-found`: no file was uploaded")
  @APIResponse(responseCode = "413", description = "`too-large`")
  @APIResponse(responseCode = "415", description = "`unsupported-type`")
  @APIResponse(responseCode = "422", description = "`unreadable-image` or `too-many-pixels`")
  @APIResponse(
      responseCode = "503",
      description =
          "`queue-full`, `overloaded`, `storage-unavailable` or `queue-unavailable`, with"
              + " Retry-After: the uploaded file is kept, so complete it later")
  public Response complete(@BeanParam JobParameter upload) {
    JobId id = upload.id();
    backPressure.admit();
    ThumbnailJob job = uploads.complete(id);
    return Response.accepted(new UploadResponse(List.of(UploadResult.of(job))))
        .header(HttpHeaders.LOCATION, Links.job(id.toString()))
        .build();
  }
}
