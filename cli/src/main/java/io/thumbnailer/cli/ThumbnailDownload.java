package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.cli.files.ThumbnailFiles;
import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.ExitCode;
import io.thumbnailer.cli.service.Service;
import io.thumbnailer.cli.terminal.StyledText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Saves the thumbnails of finished jobs. */
final class ThumbnailDownload {
  private final Service service;
  private final ThumbnailFiles files;

  ThumbnailDownload(Service service, ThumbnailFiles files) {
    this.service = service;
    this.files = files;
  }

  /**
   * Saves a job's thumbnails and returns their paths.
   *
   * @param target relative to the output directory, without the rendition's name
   * @param wanted names of renditions; all if empty
   */
  List<Path> save(JsonNode job, Path target, Set<String> wanted)
      throws CliException, InterruptedException {
    Set<String> names = new LinkedHashSet<>(wanted);
    if (names.isEmpty()) {
      for (Map.Entry<String, JsonNode> rendition : job.path("renditions").properties()) {
        names.add(rendition.getKey());
      }
    }
    List<Path> saved = new ArrayList<>();
    for (String name : names) {
      JsonNode stored = rendition(job, name);
      saved.add(
          files.save(
              target,
              name,
              stored.path("contentType").asText(),
              bytes ->
                  service.download(
                      job.path("id").asText(), name, stored.path("bytes").asLong(), bytes)));
    }
    return saved;
  }

  /** A stored thumbnail, as described by the job. */
  static JsonNode rendition(JsonNode job, String name) throws CliException {
    JsonNode stored = job.path("renditions").path(name);
    if (!stored.isObject()) {
      throw new CliException(
          ExitCode.FAILED, "no-such-rendition", "the job has no rendition named " + name);
    }
    return stored;
  }

  /** Formats paths for the end of a line. */
  static StyledText addTo(StyledText line, List<Path> saved) {
    for (int i = 0; i < saved.size(); i++) {
      line.add(i == 0 ? "  saved: " : ", ").add(saved.get(i).toString());
    }
    return line;
  }
}
