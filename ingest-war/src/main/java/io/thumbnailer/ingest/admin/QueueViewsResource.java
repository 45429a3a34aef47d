package io.thumbnailer.ingest.admin;

import io.thumbnailer.ingest.access.RequiresRole;
import io.thumbnailer.ingest.access.Role;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.messaging.MessageBrowser;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Additional data for the console: the queue over the last hour, and the workers. */
@Singleton
@Path("/admin")
@RequiresRole(value = Role.ADMIN, always = true)
@Tag(name = "admin")
public class QueueViewsResource {
  private final MessageBrowser queue;

  /** Uses the queue of the jobs. */
  @Inject
  public QueueViewsResource(MessageBrowser queue) {
    this.queue = queue;
  }

  /** The samples of the last hour. */
  @GET
  @Path("/queue/history")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "queueHistory",
      summary = "Show the size of the queue over the last hour",
      description = "Redis keeps the samples, so a restart of this server does not lose them.")
  @APIResponse(
      responseCode = "200",
      description = "The samples, oldest first",
      content =
          @Content(
              schema = @Schema(implementation = QueueHistoryView.class),
              examples = @ExampleObject(name = "one sample", value = QueueHistoryView.EXAMPLE)))
  @APIResponse(responseCode = "400", description = "`bad-request`: after is not a time")
  @APIResponse(responseCode = "503", description = "`queue-unavailable`, with Retry-After")
  public Response history(
      @Parameter(
              description = "Only samples later than this; all of the last hour if missing",
              example = "2026-11-24T10:00:00Z")
          @QueryParam("after")
          String after) {
    return Response.ok(QueueHistoryView.of(queue.history(time(after)))).build();
  }

  /** The running workers. */
  @GET
  @Path("/workers")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "workers", summary = "List the workers")
  @APIResponse(
      responseCode = "200",
      description = "The workers; a killed one is listed until its leases expire",
      content =
          @Content(
              schema = @Schema(implementation = WorkersView.class),
              examples = @ExampleObject(name = "one worker", value = WorkersView.EXAMPLE)))
  @APIResponse(responseCode = "503", description = "`queue-unavailable`, with Retry-After")
  public Response workers() {
    return Response.ok(WorkersView.of(queue.consumers())).build();
  }

  private static Instant time(String text) {
    try {
      return text == null ? Instant.EPOCH : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST, "after must be a time such as 2026-11-24T10:00:00Z", e);
    }
  }
}
