package io.thumbnailer.ingest.http;

/** The size of a page of a listing, as a client asks for it. */
public final class PageSize {
  private static final int DEFAULT = 50;
  private static final int MAX = 500;

  private PageSize() {}

  /**
   * The size from a query parameter, 50 when it is missing.
   *
   * @throws ProblemException when it is no number from 1 to 500
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
