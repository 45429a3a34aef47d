package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** A job as a line for people. */
final class JobText {
  private JobText() {}

  static boolean hasEnded(JsonNode job) {
    return job.path("status").asText().equals("DONE") || hasFailed(job);
  }

  static boolean hasFailed(JsonNode job) {
    return job.path("status").asText().equals("FAILED");
  }

  /** The id, the status, the name, and the renditions or what went wrong. */
  static String of(JsonNode job) {
    StringBuilder line =
        new StringBuilder(job.path("id").asText())
            .append("  ")
            .append(job.path("status").asText())
            .append("  ")
            .append(job.path("filename").asText());
    job.path("renditions")
        .properties()
        .forEach(
            rendition ->
                line.append("  ")
                    .append(rendition.getKey())
                    .append(' ')
                    .append(rendition.getValue().path("width").asInt())
                    .append('x')
                    .append(rendition.getValue().path("height").asInt()));
    JsonNode error = job.path("error");
    if (!error.isMissingNode() && !error.isNull()) {
      line.append("  ")
          .append(error.path("code").asText())
          .append(": ")
          .append(error.path("detail").asText());
    }
    return line.toString();
  }
}
