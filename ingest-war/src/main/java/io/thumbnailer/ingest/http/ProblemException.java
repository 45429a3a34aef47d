package io.thumbnailer.ingest.http;

/** Ends a request, or one file of it, with a problem. */
public class ProblemException extends RuntimeException {
  private final transient Problem problem;

  /** With a code and one sentence for the client. */
  public ProblemException(ProblemCode code, String detail) {
    super(detail);
    this.problem = Problem.of(code, detail);
  }

  /** With a cause, which the client does not see. */
  public ProblemException(ProblemCode code, String detail, Throwable cause) {
    super(detail, cause);
    this.problem = Problem.of(code, detail);
  }

  /** With a problem that is there already; the cause may be missing. */
  public ProblemException(Problem problem, Throwable cause) {
    super(problem.detail(), cause);
    this.problem = problem;
  }

  /** What the client sees. */
  public Problem problem() {
    return problem;
  }
}
