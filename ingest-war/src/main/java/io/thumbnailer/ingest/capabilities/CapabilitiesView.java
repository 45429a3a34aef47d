package io.thumbnailer.ingest.capabilities;

import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.ingest.access.AccessMode;
import io.thumbnailer.ingest.access.CallerRights.Rights;
import io.thumbnailer.ingest.upload.receive.IngestSettings;
import io.thumbnailer.messaging.Priority;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What this server offers.
 *
 * @param renditions that an upload may request, smallest first
 * @param priorities that an upload may request, highest first
 * @param formats that are accepted, identified by a file's first bytes
 * @param limits of an upload
 * @param access how callers authenticate: open, api-keys or jwt
 * @param rights of the caller of this request
 * @param version of this server
 */
public record CapabilitiesView(
    List<RenditionView> renditions,
    List<String> priorities,
    List<FormatView> formats,
    LimitsView limits,
    @Schema(enumeration = {"open", "api-keys", "jwt"}) String access,
    Rights rights,
    String version) {

  /** For the API's description. */
  public static final String EXAMPLE =
      """
      {"renditions":[
        {"name":"small","width":128,"height":128,"fit":"fit","format":"jpeg","quality":80,
         "background":"ffffff","gravity":"centre","enlarge":false}],
       "priorities":["high","normal","low"],
       "formats":[{"name":"jpeg","contentType":"image/jpeg","extensions":["jpg","jpeg"]}],
       "limits":{"maxBytes":26214400,"maxFiles":20,"maxPixels":100000000},
       "access":"open","rights":{"upload":true,"thumbnails":true,"jobs":true,"admin":false},
       "version":"0.1.0"}\
      """;

  public CapabilitiesView {
    renditions = List.copyOf(renditions);
    priorities = List.copyOf(priorities);
    formats = List.copyOf(formats);
  }

  /**
   * A thumbnail that clients can request.
   *
   * @param name the name to request it by
   * @param width of its box, in pixels
   * @param height of its box, in pixels
   * @param fit inside the box (fit), filling it (cover), or with the rest filled (pad)
   * @param format it is written in; auto is JPEG, or WebP for images with transparency
   * @param quality 1 to 100, for JPEG, WebP and AVIF
   * @param background colour behind transparent images and in the rest of a padded box, RRGGBB
   * @param gravity what a cropped image keeps
   * @param enlarge whether smaller images are enlarged
   */
  public record RenditionView(
      String name,
      int width,
      int height,
      @Schema(enumeration = {"fit", "cover", "pad"}) String fit,
      @Schema(enumeration = {"jpeg", "png", "webp", "avif", "auto"}) String format,
      int quality,
      String background,
      String gravity,
      boolean enlarge) {

    static RenditionView of(Rendition rendition) {
      return new RenditionView(
          rendition.name(),
          rendition.width(),
          rendition.height(),
          lower(rendition.fit()),
          lower(rendition.format()),
          rendition.quality(),
          "%06x".formatted(rendition.background()),
          lower(rendition.gravity()),
          rendition.enlarge());
    }
  }

  /**
   * A format that is read.
   *
   * @param name of the format
   * @param contentType its media type
   * @param extensions usual endings of file names, without a dot
   */
  public record FormatView(String name, String contentType, List<String> extensions) {
    public FormatView {
      extensions = List.copyOf(extensions);
    }

    static FormatView of(ImageFormat format) {
      return new FormatView(lower(format), format.contentType(), endings(lower(format)));
    }

    private static List<String> endings(String name) {
      return switch (name) {
        case "jpeg" -> List.of("jpg", "jpeg");
        case "tiff" -> List.of("tif", "tiff");
        case "psd" -> List.of("psd", "psb");
        case "pnm" -> List.of("pnm", "pbm", "pgm", "ppm", "pam");
        case "heif", "heic" -> List.of("heic", "heif");
        default -> List.of(name);
      };
    }
  }

  /**
   * Limits of an upload.
   *
   * @param maxBytes of one file
   * @param maxFiles in one request
   * @param maxPixels of one image, width times height
   */
  public record LimitsView(long maxBytes, int maxFiles, long maxPixels) {}

  static CapabilitiesView of(
      IngestSettings settings, AccessMode access, Rights rights, String version) {
    return new CapabilitiesView(
        settings.renditions().byName().values().stream()
            .sorted(
                Comparator.comparingInt((Rendition r) -> r.width() * r.height())
                    .thenComparing(Rendition::name))
            .map(RenditionView::of)
            .toList(),
        Arrays.stream(Priority.values()).map(CapabilitiesView::lower).toList(),
        settings.probing().formats().stream().sorted().map(FormatView::of).toList(),
        new LimitsView(settings.maxBytes(), settings.maxFiles(), settings.budget().maxPixels()),
        access.configured(),
        rights,
        version);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
