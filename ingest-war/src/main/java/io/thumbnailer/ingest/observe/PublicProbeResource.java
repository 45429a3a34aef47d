package io.thumbnailer.ingest.observe;

import io.thumbnailer.ingest.access.RequiresRole;
import io.thumbnailer.ingest.access.Role;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Tells a load balancer that this server responds, and nothing else. The checks of MicroProfile
 * Health, which report the state of Redis and S3, are on the management port.
 */
@Singleton
@RequiresRole(Role.ANYBODY)
@Path("/health/{probe: started|ready|live}")
public class PublicProbeResource {

  /** Up. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Response up() {
    return Response.ok("{\"status\":\"UP\"}").build();
  }
}
