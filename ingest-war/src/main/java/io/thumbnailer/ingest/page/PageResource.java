package io.thumbnailer.ingest.page;

import io.thumbnailer.digest.Sha256;
import io.thumbnailer.ingest.access.RequiresRole;
import io.thumbnailer.ingest.access.Role;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.ingest.thumbnail.ThumbnailDelivery;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Serves the pages. The JAX-RS application owns every path of the server, so the container does not
 * serve static files.
 *
 * <p>File names have no version, so browsers revalidate each time and download a file only if it
 * changed.
 */
@Singleton
@RequiresRole(Role.ANYBODY)
@Path("/")
public class PageResource {
  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  /** Only this server's files may be used as scripts and styles; markup cannot be injected. */
  private static final String POLICY =
      "default-src 'none'; img-src 'self' blob:%s; script-src 'self'; style-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private static final int TAG_DIGITS = 32;

  private final ThumbnailDelivery delivery;

  /** Images may come from the origin that delivers thumbnails. */
  @Inject
  public PageResource(ThumbnailDelivery delivery) {
    this.delivery = delivery;
  }

  /** The upload page. */
  @GET
  @Operation(hidden = true)
  public Response uploads(@Context ServletContext context, @Context Request request)
      throws IOException {
    return file("index.html", context, request);
  }

  /** The operator page. */
  @GET
  @Path("operator")
  @Operation(hidden = true)
  public Response operator(@Context ServletContext context, @Context Request request)
      throws IOException {
    return file("operator.html", context, request);
  }

  /** A static file of a page. */
  @GET
  @Path("{name: favicon\\.svg|css/[a-z-]+\\.css|js/[a-z-]+\\.js}")
  @Operation(hidden = true)
  public Response asset(
      @PathParam("name") String name, @Context ServletContext context, @Context Request request)
      throws IOException {
    return file(name, context, request);
  }

  private Response file(String name, ServletContext context, Request request) throws IOException {
    try (InputStream in = context.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new ProblemException(ProblemCode.NOT_FOUND, "there is no such resource");
      }
      byte[] content = in.readAllBytes();
      EntityTag tag = new EntityTag(Sha256.hex(content).substring(0, TAG_DIGITS));
      Response.ResponseBuilder notModified = request.evaluatePreconditions(tag);
      Response.ResponseBuilder answer =
          notModified != null
              ? notModified
              : Response.ok(content)
                  .header(
                      HttpHeaders.CONTENT_TYPE,
                      CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
      return answer
          .tag(tag)
          .header(HttpHeaders.CACHE_CONTROL, "no-cache")
          .header("Content-Security-Policy", policy())
          .header("Referrer-Policy", "no-referrer")
          .header("Cross-Origin-Opener-Policy", "same-origin")
          .build();
    }
  }

  private String policy() {
    return POLICY.formatted(delivery.origin().map(origin -> " " + origin).orElse(""));
  }
}
