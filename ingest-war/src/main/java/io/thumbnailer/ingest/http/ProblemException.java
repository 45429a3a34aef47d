package io.thumbnailer.ingest.http;

/** Ends a request, or one of its files, with a problem. */
public class ProblemException extends RuntimeException {
  private final transient Problem problem;

  /** Creates an exception with a code and one sentence for the client. */
  public ProblemException(ProblemCode code, String detail) {
    super(detail);
    this.problem = Problem.of(code, detail);
  }

  /** Creates an exception with a cause, which is not shown to the client. */
  public ProblemException(ProblemCode code, String detail, Throwable cause) {
    super(detail, cause);
    this.problem = Problem.of(code, detail);
  }

  /** Creates an exception for an existing problem; the cause may be null. */
  public ProblemException(Problem problem, Throwable cause) {
    super(problem.detail(), cause);
    this.problem = problem;
  }

  /** The problem shown to the client. */
  public Problem problem() {
    return problem;
  }
}
