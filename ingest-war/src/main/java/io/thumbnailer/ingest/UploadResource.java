package io.thumbnailer.ingest;

import io.thumbnailer.imaging.Rendition;
import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobSubmission;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.storage.StorageException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Takes images in: {@code POST /upload}. */
@Singleton
@Path("/upload")
public class UploadResource {
  private final MultipartReader reader;
  private final UploadAdmission admission;
  private final RequestedRenditions renditions;
  private final JobSubmission submission;
  private final UploadQuota quota;
  private final UploadMetrics metrics;

  /** With its collaborators. */
  @Inject
  public UploadResource(
      MultipartReader reader,
      UploadAdmission admission,
      RequestedRenditions renditions,
      JobSubmission submission,
      UploadQuota quota,
      UploadMetrics metrics) {
    this.reader = reader;
    this.admission = admission;
    this.renditions = renditions;
    this.submission = submission;
    this.quota = quota;
    this.metrics = metrics;
  }

  /** Receives the files, checks them, stores the accepted ones and queues their jobs. */
  @POST
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "upload",
      summary = "Upload one or more images",
      description =
          "Every accepted file becomes a job of its own. Whether a file is an image is decided by"
              + " its first bytes, never by its name or declared type. In a batch each refused file"
              + " is listed with its problem; only when none is accepted is the answer an error.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema = @Schema(implementation = UploadRequest.class)))
  @APIResponse(
      responseCode = "202",
      description = "At least one file was accepted; Location is the first job",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = UploadAnswer.class),
              examples =
                  @ExampleObject(
                      name = "one file accepted, one refused",
                      value = UploadAnswer.EXAMPLE)))
  @APIResponse(
      responseCode = "400",
      description = "`no-file`: no part named file. `bad-request`: unknown rendition or priority")
  @APIResponse(responseCode = "413", description = "`too-large`")
  @APIResponse(responseCode = "415", description = "`unsupported-type`")
  @APIResponse(
      responseCode = "422",
      description = "`unreadable-image`: empty or broken. `too-many-pixels`: over the limit")
  @APIResponse(
      responseCode = "503",
      description = "`storage-unavailable` or `queue-unavailable`, with Retry-After")
  public Response upload(
      @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
      @HeaderParam(HttpHeaders.CONTENT_LENGTH) String contentLength,
      InputStream body) {
    try (UploadForm form =
        reader.read(Optional.ofNullable(contentType).orElse(""), length(contentLength), body)) {
      if (form.parts().isEmpty()) {
        throw new ProblemException(ProblemCode.NO_FILE, "there is no part named file");
      }
      List<Rendition> wanted = renditions.select(form.field("renditions"));
      Priority priority = RequestedPriority.of(form.field("priority"));
      List<UploadResult> results = new ArrayList<>();
      for (UploadForm.Part part : form.parts()) {
        UploadResult result = take(part, wanted, priority);
        metrics.count(result);
        results.add(result);
      }
      return answer(results);
    }
  }

  private UploadResult take(UploadForm.Part part, List<Rendition> wanted, Priority priority) {
    if (part.file().isEmpty()) {
      return UploadResult.refused(part.label(), part.problem().orElseThrow());
    }
    ReceivedFile file = part.file().get();
    try {
      JobDescription job = admission.admit(JobId.next(), file, wanted, priority);
      quota.charge();
      submission.submit(job, file.content());
      return UploadResult.accepted(job);
    } catch (ProblemException | StorageException | MessagingException e) {
      return UploadResult.refused(part.label(), ProblemMapper.describe(e));
    }
  }

  private static Response answer(List<UploadResult> results) {
    Optional<UploadResult> firstAccepted =
        results.stream().filter(r -> r.problem() == null).findFirst();
    if (firstAccepted.isEmpty()) {
      return ProblemMapper.respond(results.get(0).problem());
    }
    return Response.accepted(new UploadAnswer(results))
        .location(URI.create(Links.job(firstAccepted.get().id())))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private static long length(String header) {
    return header != null && header.matches("\\d{1,18}") ? Long.parseLong(header) : -1;
  }
}
