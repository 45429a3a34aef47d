package io.thumbnailer.imaging.model;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A thumbnail to create of an image.
 *
 * @param name 1 to 32 lower-case letters, digits, dashes; part of the object key
 * @param width of the box, 1 to 8192 pixels
 * @param height of the box, 1 to 8192 pixels
 * @param fit how the image is fitted to the box
 * @param enlarge whether an image smaller than the box is enlarged
 * @param format of the thumbnail
 * @param quality 1 to 100, for JPEG and WebP
 * @param background as {@code 0xRRGGBB}, for flattened alpha and for padding
 * @param gravity which part {@link Fit#COVER} keeps
 */
public record Rendition(
    String name,
    int width,
    int height,
    Fit fit,
    boolean enlarge,
    OutputFormat format,
    int quality,
    int background,
    Gravity gravity) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
  private static final Pattern BOX = Pattern.compile("(\\d{1,4})x(\\d{1,4})");
  private static final int MAX_SIDE = 8192;

  /**
   * Throws {@link IllegalArgumentException} with a message for users if a value is out of range.
   */
  public Rendition {
    check(NAME.matcher(name).matches(), name, "the name must match [a-z0-9-]{1,32}");
    check(
        width >= 1 && width <= MAX_SIDE && height >= 1 && height <= MAX_SIDE,
        name,
        "each side must be 1 to 8192");
    check(quality >= 1 && quality <= 100, name, "the quality must be 1 to 100");
    check(background >= 0 && background <= 0xFFFFFF, name, "the background must be a colour");
  }

  /**
   * Parses a rendition from its configured form: {@code
   * WIDTHxHEIGHT[,fit|cover|pad][,jpeg|png|webp|avif|auto][,q=1..100][,bg=RRGGBB][,GRAVITY][,enlarge]}.
   * Gravity is centre, north, northeast, east, southeast, south, southwest, west, northwest or
   * attention. Defaults: fit, jpeg, q=80, bg=ffffff, centre, no enlargement.
   *
   * @throws IllegalArgumentException with a message for users if it does not have that form
   */
  public static Rendition parse(String name, String specification) {
    String[] parts = specification.trim().toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1);
    Matcher box = BOX.matcher(parts[0]);
    check(box.matches(), name, "'" + parts[0] + "' is not WIDTHxHEIGHT");
    Fit fit = Fit.FIT;
    OutputFormat format = OutputFormat.JPEG;
    int quality = 80;
    int background = 0xFFFFFF;
    Gravity gravity = Gravity.CENTRE;
    boolean enlarge = false;
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i];
      switch (part) {
        case "fit", "cover", "pad" -> fit = Fit.valueOf(part.toUpperCase(Locale.ROOT));
        case "jpeg", "png", "webp", "avif", "auto" ->
            format = OutputFormat.valueOf(part.toUpperCase(Locale.ROOT));
        case "enlarge" -> enlarge = true;
        default -> {
          if (part.matches("q=\\d{1,3}")) {
            quality = Integer.parseInt(part.substring(2));
          } else if (part.matches("bg=[0-9a-f]{6}")) {
            background = Integer.parseInt(part.substring(3), 16);
          } else {
            gravity =
                Gravity.named(part)
                    .orElseThrow(() -> invalid(name, "'" + part + "' is not an option"));
          }
        }
      }
    }
    return new Rendition(
        name,
        Integer.parseInt(box.group(1)),
        Integer.parseInt(box.group(2)),
        fit,
        enlarge,
        format,
        quality,
        background,
        gravity);
  }

  /**
   * The form that {@link #parse} accepts, with every option except the default gravity spelled out.
   */
  public String specification() {
    // not formatted(), which took a fifth of an upload's CPU time
    return width
        + "x"
        + height
        + ","
        + fit.name().toLowerCase(Locale.ROOT)
        + ","
        + format.name().toLowerCase(Locale.ROOT)
        + ",q="
        + quality
        + ",bg="
        + HexFormat.of().toHexDigits(background, 6)
        + (gravity == Gravity.CENTRE ? "" : "," + gravity.word())
        + (enlarge ? ",enlarge" : "");
  }

  private static void check(boolean condition, String name, String problem) {
    if (!condition) {
      throw invalid(name, problem);
    }
  }

  private static IllegalArgumentException invalid(String name, String problem) {
    return new IllegalArgumentException("rendition '" + name + "': " + problem);
  }
}
