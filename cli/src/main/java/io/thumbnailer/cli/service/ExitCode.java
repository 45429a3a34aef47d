package io.thumbnailer.cli.service;

/**
 * The exit codes, from the least to the most serious; of several failures, the most serious
 * decides.
 */
public enum ExitCode {
  /** Everything succeeded. */
  OK(0),
  /** A file was refused, a job failed, or something does not exist. */
  FAILED(1),
  /** The arguments are wrong; nothing was sent. */
  USAGE(2),
  /** A job did not end within the time-out. The service continues with it. */
  TIMED_OUT(5),
  /** The server could not be reached, or did not answer as it should, also after retries. */
  UNAVAILABLE(3),
  /** The key is missing, is wrong, or lacks the required role. */
  ACCESS_DENIED(4);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The code for the shell. */
  public int code() {
    return code;
  }

  /** The more serious of both. */
  public ExitCode worse(ExitCode other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
