package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.cli.terminal.Style;
import io.thumbnailer.cli.terminal.StyledText;

/** Describes a job in a line of text. */
final class JobText {
  private JobText() {}

  static boolean hasEnded(JsonNode job) {
    return isDone(job) || hasFailed(job);
  }

  static boolean isDone(JsonNode job) {
    return status(job).equals("DONE");
  }

  static boolean hasFailed(JsonNode job) {
    return status(job).equals("FAILED");
  }

  static String status(JsonNode job) {
    return job.path("status").asText();
  }

  /** The id, the status, the service's name for the file, and the result. */
  static StyledText of(JsonNode job) {
    return of(job, job.path("filename").asText());
  }

  /** The id, the status, a name, and then the renditions with their warnings, or the error. */
  static StyledText of(JsonNode job, String name) {
    StyledText line =
        new StyledText()
            .add(job.path("id").asText())
            .add("  ")
            .add("%-10s".formatted(status(job)), style(job))
            .add("  ")
            .add(name);
    job.path("renditions")
        .properties()
        .forEach(
            rendition ->
                line.add("  ")
                    .add(rendition.getKey())
                    .add(" " + rendition.getValue().path("width").asInt())
                    .add("x" + rendition.getValue().path("height").asInt()));
    for (JsonNode warning : job.path("warnings")) {
      line.add("  ").add("warning: " + warning.asText(), Style.WARNING);
    }
    JsonNode error = job.path("error");
    if (error.isObject()) {
      line.add("  ")
          .add(
              error.path("detail").asText() + " (" + error.path("code").asText() + ")", style(job));
    }
    return line;
  }

  private static Style style(JsonNode job) {
    return switch (status(job)) {
      case "DONE" -> Style.GOOD;
      case "FAILED" -> Style.BAD;
      case "RETRYING" -> Style.WARNING;
      default -> Style.PLAIN;
    };
  }
}
