package io.thumbnailer.ingest;

import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Serves the page. The JAX-RS application owns every path of the server, so the container does not
 * serve static files by itself.
 */
@Singleton
@RequiresRole(Role.ANYBODY)
@Path("/")
public class PageResource {
  private static final String INDEX = "index.html";
  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          INDEX,
          "text/html; charset=utf-8",
          "app.css",
          "text/css; charset=utf-8",
          "app.js",
          "text/javascript; charset=utf-8",
          "favicon.svg",
          "image/svg+xml");
  private static final String POLICY =
      "default-src 'none'; img-src 'self' blob:; script-src 'self'; style-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  /** The page itself. */
  @GET
  @Operation(hidden = true)
  public Response index(@Context ServletContext context) throws IOException {
    return asset(INDEX, context);
  }

  /** A file of the page. */
  @GET
  @Path("{name: index\\.html|app\\.css|app\\.js|favicon\\.svg}")
  @Operation(hidden = true)
  public Response asset(@PathParam("name") String name, @Context ServletContext context)
      throws IOException {
    try (InputStream in = context.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new ProblemException(ProblemCode.NOT_FOUND, "there is nothing here");
      }
      return Response.ok(in.readAllBytes())
          .header(HttpHeaders.CONTENT_TYPE, CONTENT_TYPES.get(name))
          .header(HttpHeaders.CACHE_CONTROL, "no-cache")
          .header("Content-Security-Policy", POLICY)
          .header("Referrer-Policy", "no-referrer")
          .build();
    }
  }
}
