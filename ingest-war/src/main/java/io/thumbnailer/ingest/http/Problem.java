package io.thumbnailer.ingest.http;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A problem detail (RFC 9457).
 *
 * @param type always {@code about:blank}: {@code code} distinguishes problems
 * @param title the same for every occurrence of the code
 * @param status the HTTP status
 * @param code stable and machine-readable
 * @param detail one sentence about this occurrence
 */
@Schema(description = "A problem detail (RFC 9457) with a stable code.")
public record Problem(
    @Schema(examples = "about:blank") String type,
    @Schema(examples = "Unsupported type") String title,
    @Schema(examples = "415") int status,
    @Schema(examples = "unsupported-type") String code,
    @Schema(examples = "the first bytes do not match any known image format") String detail) {
  /** The media type. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A problem of a code. */
  public static Problem of(ProblemCode code, String detail) {
    return new Problem("about:blank", code.title(), code.status(), code.code(), detail);
  }
}
