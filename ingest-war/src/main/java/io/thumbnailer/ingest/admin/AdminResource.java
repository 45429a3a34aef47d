package io.thumbnailer.ingest.admin;

import io.thumbnailer.ingest.access.RequiresRole;
import io.thumbnailer.ingest.access.Role;
import io.thumbnailer.ingest.http.JobParameter;
import io.thumbnailer.ingest.http.PageParameters;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.job.JobDeletion;
import io.thumbnailer.messaging.DeadLetters;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.webhook.WebhookTargets;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Operations: the queue's state and the dead letters. Requires the role admin, even in open access.
 */
@Singleton
@Path("/admin")
@RequiresRole(value = Role.ADMIN, always = true)
@Tag(name = "admin", description = "Operations. They require the role admin")
public class AdminResource {
  private final MessageBrowser queue;
  private final MessageBrowser webhooks;
  private final DeadLetters deadLetters;
  private final JobDeletion deletion;
  private final DeadLetterCodes codes;

  @Inject
  public AdminResource(
      MessageBrowser queue,
      DeadLetters deadLetters,
      JobDeletion deletion,
      MessagingContext messaging) {
    this.queue = queue;
    this.webhooks = messaging.createBrowser(WebhookTargets.QUEUE);
    this.deadLetters = deadLetters;
    this.deletion = deletion;
    this.codes = new DeadLetterCodes(deadLetters, deletion);
  }

  /** The current figures of the queue. */
  @GET
  @Path("/queue")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "queue", summary = "Show the size of the queue")
  @APIResponse(
      responseCode = "200",
      description = "The current state of the queue",
      content =
          @Content(
              schema = @Schema(implementation = QueueView.class),
              examples = @ExampleObject(name = "busy", value = QueueView.EXAMPLE)))
  @APIResponse(responseCode = "503", description = "`queue-unavailable`, with Retry-After")
  public Response queue() {
    return Response.ok(QueueView.of(queue.statistics(), webhooks.statistics())).build();
  }

  /** One page of dead letters. */
  @GET
  @Path("/dead-letters")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "deadLetters", summary = "List the dead letters, latest failure first")
  @APIResponse(
      responseCode = "200",
      description = "One page",
      content =
          @Content(
              schema = @Schema(implementation = DeadLetterPage.class),
              examples = @ExampleObject(name = "a page", value = DeadLetterPage.EXAMPLE)))
  @APIResponse(responseCode = "400", description = "`bad-request`: invalid cursor or limit")
  @APIResponse(responseCode = "503", description = "`queue-unavailable`, with Retry-After")
  public Response deadLetters(
      @BeanParam PageParameters paging,
      @Parameter(
              description =
                  "Only those that failed with this code; a page can then hold fewer than the limit"
                      + " and still have a nextCursor",
              example = "storage-unavailable")
          @QueryParam("code")
          String code) {
    return DeadLetterResponses.page(
        (at, size) -> code == null ? deadLetters.list(at, size) : codes.list(code, at, size),
        paging,
        DeadLetterPage::of);
  }

  /** How many dead letters there are of each code. */
  @GET
  @Path("/dead-letters/codes")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "deadLetterCodes", summary = "Count the dead letters by code")
  @APIResponse(
      responseCode = "200",
      description = "The codes, most frequent first",
      content =
          @Content(
              schema = @Schema(implementation = DeadLetterCodesView.class),
              examples = @ExampleObject(name = "two codes", value = DeadLetterCodesView.EXAMPLE)))
  @APIResponse(responseCode = "503", description = "`queue-unavailable`, with Retry-After")
  public Response codes() {
    return Response.ok(codes.counts()).build();
  }

  /** Deletes all dead letters of a code. */
  @DELETE
  @Path("/dead-letters")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "deleteDeadLetters",
      summary = "Delete all dead letters of a code, their jobs and their originals")
  @APIResponse(
      responseCode = "200",
      description = "The number of deleted dead letters",
      content =
          @Content(
              schema = @Schema(implementation = DeletedView.class),
              examples = @ExampleObject(name = "two", value = "{\"deleted\":2}")))
  @APIResponse(responseCode = "400", description = "`bad-request`: the code is missing")
  @APIResponse(
      responseCode = "503",
      description = "`storage-unavailable` or `queue-unavailable`, with Retry-After")
  public Response deleteAll(
      @Parameter(description = "The code", required = true, example = "unreadable-image")
          @QueryParam("code")
          String code) {
    if (code == null || code.isBlank()) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST, "the code of the dead letters to delete is missing");
    }
    return Response.ok(new DeletedView(codes.delete(code))).build();
  }

  /** Replays one dead letter. */
  @POST
  @Path("/dead-letters/{id}/replay")
  @Operation(operationId = "replayDeadLetter", summary = "Replay a dead letter")
  @APIResponse(responseCode = "204", description = "The job is queued again, with all its attempts")
  @APIResponse(responseCode = "404", description = "`not-found`: no such dead letter")
  @APIResponse(responseCode = "503", description = "`queue-unavailable`, with Retry-After")
  public Response replay(@BeanParam JobParameter job) {
    return DeadLetterResponses.done(deadLetters.replay(job.id().toString()));
  }

  /** Replays all dead letters. */
  @POST
  @Path("/dead-letters/replay")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "replayAllDeadLetters",
      summary = "Replay all dead letters, or those of one code, except worker-killed")
  @APIResponse(
      responseCode = "200",
      description = "The number of jobs that were queued again",
      content =
          @Content(
              schema = @Schema(implementation = ReplayView.class),
              examples = @ExampleObject(name = "two", value = "{\"replayed\":2}")))
  @APIResponse(responseCode = "503", description = "`queue-unavailable`, with Retry-After")
  public Response replayAll(
      @Parameter(
              description = "Only those that failed with this code",
              example = "storage-unavailable")
          @QueryParam("code")
          String code) {
    return Response.ok(new ReplayView(code == null ? deadLetters.replayAll() : codes.replay(code)))
        .build();
  }

  /** Deletes a dead letter, its job and its original. */
  @DELETE
  @Path("/dead-letters/{id}")
  @Operation(
      operationId = "deleteDeadLetter",
      summary = "Delete a dead letter, its job and its original")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "`not-found`: no such dead letter")
  @APIResponse(
      responseCode = "503",
      description = "`storage-unavailable` or `queue-unavailable`, with Retry-After")
  public Response delete(@BeanParam JobParameter job) {
    return DeadLetterResponses.done(deletion.deleteDeadLetter(job.id()));
  }
}
