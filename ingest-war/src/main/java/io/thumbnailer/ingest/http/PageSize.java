package io.thumbnailer.ingest.http;

/** The page size that a client requests. */
public final class PageSize {
  private static final int DEFAULT = 50;
  private static final int MAX = 500;

  private PageSize() {}

  /**
   * The size from a query parameter; 50 if it is missing.
   *
   * @throws ProblemException if it is not a number from 1 to 500
   */
  public static int of(String parameter) {
    if (parameter == null) {
      return DEFAULT;
    }
    if (parameter.matches("[0-9]{1,3}")) {
      int size = Integer.parseInt(parameter);
      if (size >= 1 && size <= MAX) {
        return size;
      }
    }
    throw new ProblemException(ProblemCode.BAD_REQUEST, "the limit must be from 1 to " + MAX);
  }
}
