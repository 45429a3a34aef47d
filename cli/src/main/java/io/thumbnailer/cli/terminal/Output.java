package io.thumbnailer.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;

/**
 * Results on standard output, everything else on standard error, all of it harmless on a terminal.
 * At the bottom there may be a status line, which is rewritten in place and removed before anything
 * else is printed. Thread-safe.
 */
public final class Output {
  // Non-ASCII is escaped: JSON allows unescaped control and direction characters above U+007F.
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final PrintWriter out;
  private final PrintWriter err;
  private final Mode mode;
  private final boolean colouredOut;
  private final boolean colouredErr;
  private int statusLength;
  private boolean closed;

  /** The reader: a person, a person who wants only results and errors, or a program. */
  public enum Mode {
    TEXT,
    QUIET,
    JSON
  }

  /**
   * Writes in one mode.
   *
   * @param colours whether colours are used where a stream is a terminal
   */
  public Output(PrintWriter out, PrintWriter err, Mode mode, boolean colours) {
    this.out = out;
    this.err = err;
    this.mode = mode;
    this.colouredOut = colours && Terminal.canColour(Terminal.Stream.OUTPUT);
    this.colouredErr = colours && Terminal.canColour(Terminal.Stream.ERROR);
  }

  /** Whether results are JSON. */
  public boolean isJson() {
    return mode == Mode.JSON;
  }

  /** Whether messages go to an interactive terminal. */
  public boolean isInteractive() {
    return mode == Mode.TEXT && Terminal.canRewrite(Terminal.Stream.ERROR);
  }

  /** The columns available to a status line. */
  public int statusColumns() {
    return Terminal.columns() - 1;
  }

  /** One result: as JSON for programs, or as text for people. */
  public synchronized void result(JsonNode object, StyledText text) {
    if (closed) {
      return;
    }
    clearStatus();
    try {
      out.println(isJson() ? JSON.writeValueAsString(object) : text.render(colouredOut));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
    out.flush();
  }

  /** One failure: a result like others for programs, an error message for people. */
  public synchronized void failure(JsonNode object, String text) {
    if (isJson()) {
      result(object, new StyledText());
    } else {
      error(text);
    }
  }

  /** What went wrong, in one line. */
  public synchronized void error(String text) {
    printMessage(new StyledText().add(text, Style.BAD));
  }

  /** Something that needs attention, in one line; shown to people only. */
  public synchronized void warning(String text) {
    if (!isJson()) {
      printMessage(new StyledText().add(text, Style.WARNING));
    }
  }

  /** Something good to know, in one line; not shown when quiet, or to programs. */
  public synchronized void note(StyledText text) {
    if (mode == Mode.TEXT) {
      printMessage(text);
    }
  }

  /** Something good to know, in one line; not shown when quiet, or to programs. */
  public void note(String text) {
    note(new StyledText().add(text));
  }

  /**
   * Rewrites the status line. The caller ensures that the output is interactive and that the line
   * fits.
   */
  public synchronized void status(String line) {
    if (!closed) {
      err.print("\r" + line + " ".repeat(Math.max(0, statusLength - line.length())));
      err.flush();
      statusLength = line.length();
    }
  }

  /** Leaves the status line in place and continues below it, for an interrupted program. */
  public synchronized void breakLine() {
    if (Terminal.is(Terminal.Stream.ERROR) || statusLength > 0) {
      err.println();
      err.flush();
    }
    statusLength = 0;
  }

  /** Removes the status line. */
  public synchronized void clearStatus() {
    if (statusLength > 0) {
      err.print("\r" + " ".repeat(statusLength) + "\r");
      err.flush();
      statusLength = 0;
    }
  }

  /** Prints nothing from now on, for an interrupted program. */
  public synchronized void close() {
    closed = true;
  }

  private void printMessage(StyledText text) {
    if (!closed) {
      clearStatus();
      err.println(text.render(colouredErr));
      err.flush();
    }
  }
}
