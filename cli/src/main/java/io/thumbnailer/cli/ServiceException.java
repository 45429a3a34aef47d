package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the user is told in one line, and how the program ends because of it. */
final class ServiceException extends Exception {
  private final ExitCode exitCode;
  private final String code;

  /**
   * With a cause.
   *
   * @param code stable and machine-readable: the server's, or one of this program
   */
  ServiceException(ExitCode exitCode, String code, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.code = code;
  }

  ServiceException(ExitCode exitCode, String code, String message) {
    this(exitCode, code, message, null);
  }

  ExitCode exitCode() {
    return exitCode;
  }

  /** As a result for scripts: what failed, and the problem. */
  ObjectNode describe(String name, String value) {
    ObjectNode result = JsonNodeFactory.instance.objectNode().put(name, value);
    result.putObject("problem").put("code", code).put("detail", getMessage());
    return result;
  }
}
