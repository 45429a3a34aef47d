package io.thumbnailer.cli.service;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A failure with one sentence for the user, a hint, and the exit code. */
public final class CliException extends Exception {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;
  private final String code;
  private final String hint;

  private CliException(
      ExitCode exitCode, String code, String detail, String hint, Throwable cause) {
    super(detail, cause);
    this.exitCode = exitCode;
    this.code = code;
    this.hint = hint;
  }

  /**
   * Creates a failure with a cause.
   *
   * @param code stable and machine-readable: the server's, or one of this program
   * @param detail one sentence for people
   */
  public CliException(ExitCode exitCode, String code, String detail, Throwable cause) {
    this(exitCode, code, detail, Hints.forCode(code), cause);
  }

  /** Creates a failure without a cause. */
  public CliException(ExitCode exitCode, String code, String detail) {
    this(exitCode, code, detail, null);
  }

  /** Creates a failure for wrong arguments, with a hint. */
  public static CliException usage(String detail, String hint) {
    return new CliException(ExitCode.USAGE, "usage", detail, hint, null);
  }

  /** Creates a failure for wrong arguments; the hint is the command's help. */
  public static CliException usage(String detail) {
    return usage(detail, null);
  }

  /** The exit code. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** Stable and machine-readable. */
  public String code() {
    return code;
  }

  /** A hint for the user, in one sentence. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  /** Whether every other request would fail in the same way. */
  public boolean concernsAllRequests() {
    return exitCode == ExitCode.ACCESS_DENIED || code.equals("unreachable");
  }

  /** For people: the detail, then the code unless the arguments are wrong. */
  public String text() {
    return exitCode == ExitCode.USAGE ? getMessage() : getMessage() + " (" + code + ")";
  }

  /** For programs: what failed, and the problem. */
  public ObjectNode describe(String name, String value) {
    ObjectNode result = JsonNodeFactory.instance.objectNode().put(name, value);
    result.putObject("problem").put("code", code).put("detail", getMessage());
    return result;
  }
}
