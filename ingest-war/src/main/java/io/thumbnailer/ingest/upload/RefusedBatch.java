package io.thumbnailer.ingest.upload;

import io.thumbnailer.ingest.http.Problem;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The problem with a batch of which every file was refused: that of the first file, and all of them
 * in the order of the upload.
 *
 * @param type as in {@link Problem}
 * @param title as in {@link Problem}
 * @param status as in {@link Problem}
 * @param code as in {@link Problem}
 * @param detail as in {@link Problem}
 * @param jobs each file with its problem
 */
@Schema(description = "The first file's problem, and those of all files")
public record RefusedBatch(
    String type, String title, int status, String code, String detail, List<UploadResult> jobs) {

  static RefusedBatch of(List<UploadResult> results) {
    Problem first = results.get(0).problem();
    return new RefusedBatch(
        first.type(), first.title(), first.status(), first.code(), first.detail(), results);
  }
}
