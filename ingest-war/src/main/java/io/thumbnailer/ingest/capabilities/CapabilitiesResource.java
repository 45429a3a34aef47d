package io.thumbnailer.ingest.capabilities;

import io.thumbnailer.config.BuildVersion;
import io.thumbnailer.ingest.access.CallerRights;
import io.thumbnailer.ingest.access.RequiresRole;
import io.thumbnailer.ingest.access.Role;
import io.thumbnailer.ingest.upload.receive.IngestSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Describes what this server offers: {@code GET /capabilities}. */
@Singleton
@RequiresRole(Role.ANYBODY)
@Path("/capabilities")
@Tag(name = "uploads")
public class CapabilitiesResource {
  private final IngestSettings settings;
  private final CallerRights rights;

  @Inject
  public CapabilitiesResource(IngestSettings settings, CallerRights rights) {
    this.settings = settings;
    this.rights = rights;
  }

  /** The renditions, formats and limits, and what the caller may do. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "capabilities",
      summary = "Show what this server offers, and what the caller may do",
      description =
          "Needs no key. With a key or token, `rights` lists what it allows; an unknown one has no rights.")
  @APIResponse(
      responseCode = "200",
      description = "Renditions, formats, limits and rights",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = CapabilitiesView.class),
              examples = @ExampleObject(name = "open access", value = CapabilitiesView.EXAMPLE)))
  public Response capabilities(
      @Context HttpServletRequest request, @Context HttpServletResponse response) {
    return Response.ok(
            CapabilitiesView.of(
                settings, rights.mode(), rights.of(request, response), BuildVersion.current()))
        .build();
  }
}
