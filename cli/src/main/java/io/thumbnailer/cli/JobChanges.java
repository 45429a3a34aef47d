package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/** Passes on a job's first state, and its state whenever it has changed. Not thread-safe. */
final class JobChanges {
  private final Consumer<JsonNode> onChange;
  private String shown = "";

  JobChanges(Consumer<JsonNode> onChange) {
    this.onChange = onChange;
  }

  /** Returns whether it has changed. */
  boolean show(JsonNode job) {
    String state = JobText.status(job) + job.path("attempts").asText();
    if (state.equals(shown)) {
      return false;
    }
    shown = state;
    onChange.accept(job);
    return true;
  }
}
