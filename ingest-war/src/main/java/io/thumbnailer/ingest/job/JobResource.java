package io.thumbnailer.ingest.job;

import io.thumbnailer.ingest.access.JobOwnership;
import io.thumbnailer.ingest.access.RequiresRole;
import io.thumbnailer.ingest.access.Role;
import io.thumbnailer.ingest.http.JobParameter;
import io.thumbnailer.ingest.http.PageParameters;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.job.JobDeletion;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobPage;
import io.thumbnailer.job.JobStatus;
import io.thumbnailer.job.JobStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows, lists and deletes jobs. */
@Singleton
@Path("/jobs")
@Tag(name = "jobs", description = "Job status, events and deletion")
public class JobResource {
  private final JobStore jobs;
  private final JobDeletion deletion;
  private final JobOwnership ownership;

  @Inject
  public JobResource(JobStore jobs, JobDeletion deletion, JobOwnership ownership) {
    this.jobs = jobs;
    this.deletion = deletion;
    this.ownership = ownership;
  }

  /** Lists recent jobs, for operators. */
  @GET
  @RequiresRole(Role.ADMIN)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "jobs",
      summary = "List recent jobs, newest first",
      description =
          "Requires the role admin, unless access is open. Lists what the queue still knows: per"
              + " status the newest 10,000 jobs; ended jobs until their retention is over.")
  @APIResponse(
      responseCode = "200",
      description = "One page",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = JobListView.class),
              examples = @ExampleObject(name = "a page", value = JobListView.EXAMPLE)))
  @APIResponse(responseCode = "400", description = "`bad-request`: invalid status, cursor or limit")
  @APIResponse(responseCode = "503", description = "`queue-unavailable`, with Retry-After")
  public Response list(
      @Parameter(
              description = "Comma-separated statuses to list (default: all)",
              example = "FAILED,RETRYING")
          @QueryParam("status")
          String status,
      @BeanParam PageParameters paging,
      @Parameter(
              description =
                  "Only jobs whose id begins with this, or whose file name contains it, ignoring case. One call examines 2,000 jobs: a page may contain fewer than the limit and"
                      + " still have a nextCursor",
              example = "holiday")
          @QueryParam("q")
          String text) {
    Optional<JobId> after = paging.cursor().map(JobResource::cursor);
    JobPage page =
        text == null || text.isBlank()
            ? jobs.list(statuses(status), after, paging.size())
            : jobs.search(statuses(status), text.strip(), after, paging.size());
    return Response.ok(JobListView.of(page)).build();
  }

  /** Deletes a job with its original and its thumbnails. */
  @DELETE
  @Path("/{id}")
  @Operation(
      operationId = "deleteJob",
      summary = "Delete a job, its original and its thumbnails",
      description = "Works in any status: a worker that is processing the job stops.")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "`not-found`: no such job")
  @APIResponse(
      responseCode = "503",
      description = "`storage-unavailable` or `queue-unavailable`, with Retry-After")
  public Response delete(@BeanParam JobParameter job) {
    if (!mayDelete(job.id()) || !deletion.delete(job.id())) {
      throw missing();
    }
    return Response.noContent().build();
  }

  /** Shows one job. */
  @GET
  @Path("/{id}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "job", summary = "Show a job")
  @APIResponse(
      responseCode = "200",
      description = "The job in its current state",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = JobView.class),
              examples = @ExampleObject(name = "done", value = JobView.EXAMPLE)))
  @APIResponse(responseCode = "404", description = "`not-found`: no such job")
  @APIResponse(
      responseCode = "503",
      description = "`storage-unavailable` or `queue-unavailable`, with Retry-After")
  public Response job(@BeanParam JobParameter job) {
    return jobs.findEvenWithoutQueue(job.id())
        .filter(ownership::mayUse)
        .map(found -> Response.ok(JobView.of(found)))
        .orElseThrow(JobResource::missing)
        .build();
  }

  /** Anyone may delete the remains of a job whose owner is no longer known. */
  private boolean mayDelete(JobId id) {
    return jobs.find(id).map(ownership::mayUse).orElse(true);
  }

  private static Set<JobStatus> statuses(String names) {
    Set<JobStatus> statuses = EnumSet.noneOf(JobStatus.class);
    if (names != null) {
      for (String name : names.split(",", -1)) {
        statuses.add(
            Arrays.stream(JobStatus.values())
                .filter(known -> known.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(
                    () ->
                        new ProblemException(
                            ProblemCode.BAD_REQUEST,
                            "unknown status; the"
                                + " statuses are "
                                + Arrays.toString(JobStatus.values()))));
      }
    }
    return statuses;
  }

  private static JobId cursor(String text) {
    return JobId.parse(text)
        .orElseThrow(() -> new ProblemException(ProblemCode.BAD_REQUEST, "invalid cursor"));
  }

  private static ProblemException missing() {
    return new ProblemException(ProblemCode.NOT_FOUND, "there is no such job");
  }
}
