package io.thumbnailer.ingest.job.events;

import io.thumbnailer.ingest.access.JobOwnership;
import io.thumbnailer.ingest.http.JobParameter;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.job.ThumbnailJob;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Streams the changes of a job: {@code GET /jobs/{id}/events}. */
@Singleton
@Path("/jobs/{id}/events")
@Tag(name = "jobs")
public class JobEventsResource {
  private static final String EXAMPLE =
      "id: 1764000001456-DONE\nretry: 2000\ndata: "
          + "{\"id\":\"019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b\",\"status\":\"DONE\"}\n\n";

  private final JobStore jobs;
  private final JobWatcher watcher;
  private final JobOwnership ownership;

  @Inject
  public JobEventsResource(JobStore jobs, JobWatcher watcher, JobOwnership ownership) {
    this.jobs = jobs;
    this.watcher = watcher;
    this.ownership = ownership;
  }

  /** Opens the stream: first the job's current state, then every change, until the job ends. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      operationId = "jobEvents",
      summary = "Follow a job",
      description =
          "Server-sent events. Each holds the job as `GET /jobs/{id}` returns it. The first is the"
              + " current state; the stream ends after DONE or FAILED, or with an event named"
              + " `removed` when the job is deleted. A client that reconnects with Last-Event-ID"
              + " gets only newer events.")
  @APIResponse(
      responseCode = "200",
      description = "The events",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(type = SchemaType.STRING),
              examples = @ExampleObject(name = "done", value = EXAMPLE)))
  @APIResponse(
      responseCode = "204",
      description = "The client has already seen the last event (Last-Event-ID)")
  @APIResponse(responseCode = "404", description = "`not-found`: no such job")
  @APIResponse(
      responseCode = "503",
      description =
          "`overloaded`: too many streams are open. `storage-unavailable` or"
              + " `queue-unavailable`. With Retry-After")
  public void events(
      @BeanParam JobParameter requested,
      @Parameter(description = "The id of the last event that the client received")
          @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER)
          String lastEventId,
      @Context SseEventSink sink,
      @Context Sse sse,
      @Context HttpServletResponse response) {
    ThumbnailJob job =
        jobs.find(requested.id())
            .filter(ownership::mayUse)
            .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "there is no such job"));
    if (job.status().ended() && EventId.of(job).equals(lastEventId)) {
      throw new WebApplicationException(Response.noContent().build());
    }
    if (!watcher.hasRoom()) {
      throw new ProblemException(
          ProblemCode.OVERLOADED, "too many event streams are open; request the job instead");
    }
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("X-Accel-Buffering", "no"); // nginx would buffer events
    watcher.open(job.description().id(), lastEventId, sink, sse);
  }
}
