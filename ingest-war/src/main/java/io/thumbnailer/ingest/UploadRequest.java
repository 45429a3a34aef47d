package io.thumbnailer.ingest;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The form of an upload, for the API's description.
 *
 * @param file the images; the part may be repeated
 * @param renditions names of the wanted renditions, separated by commas; all when missing
 * @param priority high, normal or low; normal when missing
 */
@Schema(name = "UploadRequest")
public record UploadRequest(
    @Schema(
            required = true,
            type = SchemaType.STRING,
            format = "binary",
            description = "An image; the part may be repeated")
        String file,
    @Schema(
            description = "Names of the wanted renditions, separated by commas; all when missing",
            examples = "small,large")
        String renditions,
    @Schema(
            description = "Lane of the queue; normal when missing",
            enumeration = {"high", "normal", "low"},
            examples = "normal")
        String priority) {}
