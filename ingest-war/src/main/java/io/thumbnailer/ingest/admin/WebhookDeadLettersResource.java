package io.thumbnailer.ingest.admin;

import io.thumbnailer.ingest.access.RequiresRole;
import io.thumbnailer.ingest.access.Role;
import io.thumbnailer.ingest.http.PageParameters;
import io.thumbnailer.messaging.DeadLetters;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.webhook.WebhookTargets;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Operations on webhook calls that were given up. Requires the role admin. */
@Singleton
@Path("/admin/webhooks/dead-letters")
@RequiresRole(value = Role.ADMIN, always = true)
@Tag(name = "admin")
public class WebhookDeadLettersResource {
  private static final String ID_EXAMPLE = "019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b_1764000091456";

  private final DeadLetters deadLetters;

  /** Uses the queue of the webhook calls. */
  @Inject
  public WebhookDeadLettersResource(MessagingContext messaging) {
    this.deadLetters = messaging.deadLetters(WebhookTargets.QUEUE);
  }

  /** One page of webhook calls that were given up. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "webhookDeadLetters",
      summary = "List the webhook calls that were given up, latest failure first")
  @APIResponse(
      responseCode = "200",
      description = "One page",
      content =
          @Content(
              schema = @Schema(implementation = WebhookDeadLetterPage.class),
              examples = @ExampleObject(name = "a page", value = WebhookDeadLetterPage.EXAMPLE)))
  @APIResponse(responseCode = "400", description = "`bad-request`: invalid cursor or limit")
  @APIResponse(responseCode = "503", description = "`queue-unavailable`, with Retry-After")
  public Response deadLetters(@BeanParam PageParameters paging) {
    return DeadLetterResponses.page(deadLetters::list, paging, WebhookDeadLetterPage::of);
  }

  /** Replays a webhook call. */
  @POST
  @Path("/{id}/replay")
  @Operation(
      operationId = "replayWebhook",
      summary = "Replay a webhook call, with all its attempts")
  @APIResponse(responseCode = "204", description = "The call is queued again")
  @APIResponse(responseCode = "404", description = "`not-found`: no such dead letter")
  @APIResponse(responseCode = "503", description = "`queue-unavailable`, with Retry-After")
  public Response replay(
      @Parameter(description = "The event's id", example = ID_EXAMPLE) @PathParam("id") String id) {
    return DeadLetterResponses.done(deadLetters.replay(id));
  }

  /** Deletes a webhook call. */
  @DELETE
  @Path("/{id}")
  @Operation(operationId = "deleteWebhook", summary = "Delete a webhook call that was given up")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "`not-found`: no such dead letter")
  @APIResponse(responseCode = "503", description = "`queue-unavailable`, with Retry-After")
  public Response delete(
      @Parameter(description = "The event's id", example = ID_EXAMPLE) @PathParam("id") String id) {
    return DeadLetterResponses.done(deadLetters.delete(id));
  }
}
