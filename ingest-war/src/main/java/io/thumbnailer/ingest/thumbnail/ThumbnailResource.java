package io.thumbnailer.ingest.thumbnail;

import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.ingest.access.AccessPolicy;
import io.thumbnailer.ingest.access.AccessRule;
import io.thumbnailer.ingest.access.RequiresRole;
import io.thumbnailer.ingest.access.Role;
import io.thumbnailer.ingest.http.JobParameter;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.job.JobKeys;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.job.StoredThumbnail;
import io.thumbnailer.job.ThumbnailCaching;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.storage.ObjectInfo;
import io.thumbnailer.storage.ObjectStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Delivers thumbnails: {@code GET /thumbnails/{id}/{rendition}}. */
@Singleton
@RequiresRole(Role.VIEWER)
@Path("/thumbnails")
@Tag(name = "thumbnails", description = "Downloading thumbnails")
public class ThumbnailResource {
  /** The header in which browsers say what a request is for; for an image it is {@code no-cors}. */
  private static final String FETCH_MODE = "Sec-Fetch-Mode";

  private static final Set<String> SCRIPTS = Set.of("cors", "same-origin");

  private final JobStore jobs;
  private final ObjectStore objects;
  private final ThumbnailDelivery delivery;
  private final DeliveryBudget budget;
  private final ThumbnailCaching caching;

  /** Settings are validated in the constructor. */
  @Inject
  public ThumbnailResource(
      JobStore jobs,
      ObjectStore objects,
      ThumbnailDelivery delivery,
      DeliveryBudget budget,
      SettingsReader settings) {
    this.jobs = jobs;
    this.objects = objects;
    this.delivery = delivery;
    this.budget = budget;
    this.caching =
        AccessRule.of(ThumbnailResource.class, null).isOpen(AccessPolicy.from(settings))
            ? ThumbnailCaching.PUBLIC
            : ThumbnailCaching.PRIVATE;
  }

  /**
   * Streams a thumbnail from storage, answers 304 if the client has it, or redirects the client. A
   * script in a page always gets the bytes: it could not follow a redirect to another origin.
   */
  @GET
  @Path("/{id}/{rendition}")
  @Operation(operationId = "thumbnail", summary = "Get a thumbnail")
  @APIResponse(
      responseCode = "200",
      description = "The image, with a strong ETag, cacheable forever",
      content = {
        @Content(
            mediaType = "image/jpeg",
            schema = @Schema(type = SchemaType.STRING, format = "binary"),
            examples = @ExampleObject(name = "one pixel", externalValue = ThumbnailExample.JPEG)),
        @Content(
            mediaType = "image/png",
            schema = @Schema(type = SchemaType.STRING, format = "binary"),
            examples = @ExampleObject(name = "one pixel", externalValue = ThumbnailExample.PNG)),
        @Content(
            mediaType = "image/webp",
            schema = @Schema(type = SchemaType.STRING, format = "binary"),
            examples = @ExampleObject(name = "one pixel", externalValue = ThumbnailExample.WEBP)),
        @Content(
            mediaType = "image/avif",
            schema = @Schema(type = SchemaType.STRING, format = "binary"),
            examples = @ExampleObject(name = "one pixel", externalValue = ThumbnailExample.AVIF))
      })
  @APIResponse(
      responseCode = "302",
      description = "The image's URL, if the server delivers from storage or a CDN")
  @APIResponse(responseCode = "304", description = "Not modified (If-None-Match)")
  @APIResponse(
      responseCode = "404",
      description = "`not-found`: no such thumbnail, or not ready yet")
  @APIResponse(
      responseCode = "503",
      description = "`storage-unavailable` or `overloaded`, with Retry-After")
  public Response thumbnail(
      @BeanParam JobParameter requested,
      @Parameter(description = "The rendition's name", example = "small") @PathParam("rendition")
          String rendition,
      @Parameter(
              description =
                  "If present, even without a value, browsers save the image as NAME-RENDITION.EXT."
                      + " This server then always sends the bytes itself")
          @QueryParam("download")
          String download,
      @Parameter(hidden = true) @HeaderParam(FETCH_MODE) String fetchMode,
      @Context Request request) {
    ThumbnailJob job =
        jobs.findEvenWithoutQueue(requested.id()).orElseThrow(ThumbnailResource::missing);
    StoredThumbnail stored = job.thumbnail(rendition).orElseThrow(ThumbnailResource::missing);
    String key = JobKeys.thumbnail(job.description().id(), stored.rendition(), stored.format());
    ObjectInfo info = objects.head(key).orElseThrow(ThumbnailResource::missing);
    EntityTag tag = new EntityTag(info.eTag());
    Response.ResponseBuilder notModified = request.evaluatePreconditions(tag);
    if (notModified != null) {
      return vary(notModified.tag(tag).header(HttpHeaders.CACHE_CONTROL, caching.forEver()))
          .build();
    }
    if (download == null
        && HttpMethod.GET.equals(request.getMethod())
        && !SCRIPTS.contains(orEmpty(fetchMode))) {
      Optional<Response> elsewhere = delivery.redirect(key, caching.forEver()).map(this::redirect);
      if (elsewhere.isPresent()) {
        return elsewhere.get();
      }
    }
    Response.ResponseBuilder answer =
        Response.ok(body(key, info, request), info.contentType())
            .header(HttpHeaders.CONTENT_LENGTH, info.size())
            .tag(tag)
            .header(HttpHeaders.CACHE_CONTROL, caching.forEver());
    if (download != null) {
      answer.header(
          "Content-Disposition",
          DownloadName.disposition(
              job.description().filename(), stored.rendition(), stored.format().extension()));
    }
    return vary(answer).build();
  }

  private byte[] body(String key, ObjectInfo info, Request request) {
    return HttpMethod.HEAD.equals(request.getMethod())
        ? new byte[0]
        : budget.read(key, info.size()).orElseThrow(ThumbnailResource::missing);
  }

  private Response redirect(ThumbnailDelivery.Redirect redirect) {
    return vary(Response.status(Response.Status.FOUND)
            .location(redirect.address())
            .header(HttpHeaders.CACHE_CONTROL, caching.forAtMost(redirect.caching())))
        .build();
  }

  /** If scripts get a different answer than images, caches must distinguish them. */
  private Response.ResponseBuilder vary(Response.ResponseBuilder answer) {
    return delivery.redirects() ? answer.header(HttpHeaders.VARY, FETCH_MODE) : answer;
  }

  private static String orEmpty(String header) {
    return header == null ? "" : header;
  }

  private static ProblemException missing() {
    return new ProblemException(
        ProblemCode.NOT_FOUND, "there is no such thumbnail, or it is not ready yet");
  }
}
