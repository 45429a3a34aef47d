package io.thumbnailer.ingest;

import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Shows jobs: {@code GET /jobs/{id}}. */
@Singleton
@Path("/jobs")
public class JobResource {
  private final JobStore jobs;

  /** With its collaborator. */
  @Inject
  public JobResource(JobStore jobs) {
    this.jobs = jobs;
  }

  /** Shows one job as it stands now. */
  @GET
  @Path("/{id}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "job", summary = "Show a job")
  @APIResponse(
      responseCode = "200",
      description = "The job as it stands now",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = JobView.class),
              examples = @ExampleObject(name = "done", value = JobView.EXAMPLE)))
  @APIResponse(responseCode = "404", description = "`not-found`: no such job")
  @APIResponse(
      responseCode = "503",
      description = "`storage-unavailable` or `queue-unavailable`, with Retry-After")
  public Response job(
      @Parameter(
              description = "The job's id",
              example = "019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b",
              schema = @Schema(format = "uuid"))
          @PathParam("id")
          String id) {
    return JobId.parse(id)
        .flatMap(jobs::find)
        .map(job -> Response.ok(JobView.of(job)).header(HttpHeaders.CACHE_CONTROL, "no-store"))
        .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "there is no such job"))
        .build();
  }
}
