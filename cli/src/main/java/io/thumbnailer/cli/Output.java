package io.thumbnailer.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;

/** Results on standard output, complaints on standard error; both harmless on a terminal. */
final class Output {
  // Non-ASCII is escaped: JSON allows control and direction characters above U+007F in the raw.
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;

  Output(PrintWriter out, PrintWriter err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  /** One result: as JSON for scripts, or as text for people. */
  synchronized void result(JsonNode object, String text) {
    try {
      out.println(json ? JSON.writeValueAsString(object) : SafeText.of(text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
    out.flush();
  }

  /** One failure: a result like others for scripts, a complaint for people. */
  synchronized void failure(JsonNode object, String text) {
    if (json) {
      result(object, text);
    } else {
      complain(text);
    }
  }

  /** What went wrong, in one line. */
  synchronized void complain(String text) {
    err.println(SafeText.of(text));
    err.flush();
  }
}
