package io.thumbnailer.ingest.upload;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The form of an upload, for the API's description.
 *
 * @param file the images; the part may be repeated
 * @param renditions names of the requested renditions, separated by commas; all if missing
 * @param priority high, normal or low; normal if missing
 * @param webhook a URL on the server's allow-list, called when the job has ended
 */
@Schema(name = "UploadRequest")
public record UploadRequest(
    @Schema(
            required = true,
            type = SchemaType.STRING,
            format = "binary",
            description = "An image; repeat the part to upload several")
        String file,
    @Schema(
            description = "Comma-separated names of the renditions to make (default: all)",
            examples = "small,large")
        String renditions,
    @Schema(
            description = "Priority in the queue (default: normal)",
            enumeration = {"high", "normal", "low"},
            defaultValue = "normal",
            examples = "normal")
        String priority,
    @Schema(
            description =
                "A URL on the server's allow-list. It receives a POST when the job has succeeded or"
                    + " failed, signed according to the Standard Webhooks"
                    + " specification (webhook-id,"
                    + " webhook-timestamp, webhook-signature), with a body like"
                    + " {\"type\":\"job.done\",\"timestamp\":\"2026-11-24T10:00:01.456Z\",\"data\":"
                    + "{\"id\":\"019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b\",\"status\":\"DONE\","
                    + "\"attempts\":1,\"renditions\":{\"small\":{\"width\":128,\"height\":96,"
                    + "\"bytes\":3120,\"contentType\":\"image/jpeg\",\"url\":\"/thumbnails/"
                    + "019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b/small\"}}}}",
            examples = "https://hooks.example.com/thumbnails")
        String webhook) {}
