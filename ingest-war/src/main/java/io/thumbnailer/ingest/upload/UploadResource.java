package io.thumbnailer.ingest.upload;

import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.ingest.http.MessagingExceptionMapper;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.ingest.http.ProblemMapper;
import io.thumbnailer.ingest.http.StorageExceptionMapper;
import io.thumbnailer.ingest.upload.receive.MultipartReader;
import io.thumbnailer.ingest.upload.receive.ReceivedFile;
import io.thumbnailer.ingest.upload.receive.UploadForm;
import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobSubmission;
import io.thumbnailer.log.LogContext;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.storage.StorageException;
import io.thumbnailer.webhook.WebhookTargets;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Receives images: {@code POST /upload}. */
@Singleton
@Path("/upload")
@Tag(name = "uploads", description = "Uploading images")
public class UploadResource {
  private final MultipartReader reader;
  private final UploadAdmission admission;
  private final RequestedRenditions renditions;
  private final JobSubmission submission;
  private final UploadQuota quota;
  private final UploadMetrics metrics;
  private final BackPressure backPressure;
  private final IdempotentUploads replay;
  private final WebhookTargets webhooks;

  /** The options of a request, which apply to all its files. */
  private record UploadOptions(
      List<Rendition> renditions, Priority priority, Optional<String> webhook) {}

  @Inject
  public UploadResource(
      MultipartReader reader,
      UploadAdmission admission,
      RequestedRenditions renditions,
      JobSubmission submission,
      UploadMetrics metrics,
      UploadQuota quota,
      BackPressure backPressure,
      IdempotentUploads replay,
      WebhookTargets webhooks) {
    this.reader = reader;
    this.admission = admission;
    this.renditions = renditions;
    this.submission = submission;
    this.quota = quota;
    this.metrics = metrics;
    this.backPressure = backPressure;
    this.replay = replay;
    this.webhooks = webhooks;
  }

  /** Receives the files, checks them, stores the accepted ones and enqueues their jobs. */
  @POST
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "upload",
      summary = "Upload one or more images",
      description =
          "Each accepted file becomes one job. Whether a file is an image is decided by its first"
              + " bytes, never by its name or declared type. In a batch each refused file is listed"
              + " with its problem; the response is an error only if no file is accepted.")
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
              schema = @Schema(implementation = UploadResponse.class),
              examples =
                  @ExampleObject(
                      name = "one file accepted, one refused",
                      value = UploadResponse.EXAMPLE)))
  @APIResponse(
      responseCode = "400",
      description =
          "`no-file`: no part named file. `bad-request`: unknown rendition or priority, or a"
              + " webhook that is not allowed")
  @APIResponse(responseCode = "408", description = "`request-timeout`: the request took too long")
  @APIResponse(
      responseCode = "409",
      description =
          "`idempotency-conflict`: the key was used for a different"
              + " upload, or that upload is in progress")
  @APIResponse(responseCode = "413", description = "`too-large`")
  @APIResponse(responseCode = "415", description = "`unsupported-type`")
  @APIResponse(
      responseCode = "422",
      description = "`unreadable-image`: empty or broken. `too-many-pixels`: over the limit")
  @APIResponse(
      responseCode = "503",
      description =
          "`storage-unavailable`, `queue-unavailable`, `overloaded`, or `queue-full`, with"
              + " Retry-After; for a full queue, the estimated time until there is room")
  public Response upload(
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_LENGTH) String contentLength,
      @Parameter(
              description =
                  "A key of the client's choice, the same for every attempt of one upload: a"
                      + " repeated attempt gets the first attempt's response for 24 hours",
              example = "8e03978e-40d5-43dd-bc93-6894a57f9324")
          @HeaderParam("Idempotency-Key")
          String idempotencyKey,
      InputStream body) {
    backPressure.admit();
    try (UploadForm form =
        reader.read(
            quota.owner(),
            Optional.ofNullable(contentType).orElse(""),
            length(contentLength),
            body)) {
      if (form.parts().isEmpty()) {
        throw new ProblemException(ProblemCode.NO_FILE, "there is no part named file");
      }
      UploadOptions options =
          new UploadOptions(
              renditions.select(form.field("renditions")),
              RequestedPriority.of(form.field("priority")),
              webhook(form.field("webhook")));
      if (idempotencyKey == null) {
        List<UploadResult> results = takeAll(form, options, Optional.empty());
        return accepted(results)
            .map(answer -> answer(answer.location(), answer))
            .orElseGet(() -> refused(results));
      }
      return once(idempotencyKey, form, options);
    }
  }

  private Response once(String key, UploadForm form, UploadOptions options) {
    List<UploadResult> results = new ArrayList<>();
    return replay
        .once(
            quota.caller(),
            key,
            form,
            ids -> {
              results.addAll(takeAll(form, options, Optional.of(ids)));
              return accepted(results);
            })
        .map(answer -> answer(answer.location(), answer.body()))
        .orElseGet(() -> refused(results));
  }

  private static Response refused(List<UploadResult> results) {
    Response first = ProblemMapper.respond(results.get(0).problem());
    return results.size() == 1
        ? first
        : Response.fromResponse(first).entity(RefusedBatch.of(results)).build();
  }

  private List<UploadResult> takeAll(
      UploadForm form, UploadOptions options, Optional<List<JobId>> ids) {
    List<UploadResult> results = new ArrayList<>();
    for (int i = 0; i < form.parts().size(); i++) {
      int part = i;
      JobId id = ids.map(given -> given.get(part)).orElseGet(JobId::next);
      boolean repeatable = ids.isPresent();
      UploadResult result =
          LogContext.call(
              id.toString(), () -> take(id, repeatable, form.parts().get(part), options));
      metrics.count(result);
      results.add(result);
    }
    return results;
  }

  private UploadResult take(
      JobId id, boolean repeatable, UploadForm.Part part, UploadOptions options) {
    if (part.file().isEmpty()) {
      return UploadResult.refused(part.label(), part.problem().orElseThrow());
    }
    ReceivedFile file = part.file().get();
    try {
      JobDescription job =
          admission
              .admit(id, file, options.renditions(), options.priority())
              .withWebhook(options.webhook())
              .withOwner(quota.owner());
      quota.charge();
      if (repeatable) {
        submitOnce(job, file);
      } else {
        submission.submit(job, file.content());
      }
      return UploadResult.accepted(job);
    } catch (ProblemException e) {
      return UploadResult.refused(part.label(), e.problem());
    } catch (StorageException e) {
      return UploadResult.refused(part.label(), StorageExceptionMapper.problem(e));
    } catch (MessagingException e) {
      return UploadResult.refused(part.label(), MessagingExceptionMapper.problem(e));
    }
  }

  private void submitOnce(JobDescription job, ReceivedFile file) {
    Optional<JobDescription> first = submission.submitOnce(job, file.content());
    if (first.isPresent() && !first.get().equals(job)) {
      throw IdempotentUploads.otherUpload();
    }
  }

  private static Optional<UploadResponse> accepted(List<UploadResult> results) {
    return results.stream().anyMatch(result -> result.problem() == null)
        ? Optional.of(new UploadResponse(results))
        : Optional.empty();
  }

  private static Response answer(String location, Object body) {
    return Response.accepted(body)
        // not with location(), which would prepend the server's own host name
        .header(HttpHeaders.LOCATION, location)
        .type(MediaType.APPLICATION_JSON)
        .build();
  }

  private Optional<String> webhook(Optional<String> field) {
    try {
      return field.map(address -> webhooks.check(address).toString());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.BAD_REQUEST, e.getMessage(), e);
    }
  }

  /** The server itself would treat a sign, or several lengths, as a missing length. */
  private static long length(String header) {
    if (header == null) {
      return -1;
    }
    if (!header.matches("\\d{1,18}")) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST, "Content-Length must be one number of bytes");
    }
    return Long.parseLong(header);
  }
}
