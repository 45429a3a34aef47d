package io.thumbnailer.ingest.http;

import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The page of a list that a client requests: a {@code @BeanParam}. */
public class PageParameters {
  private static final int DEFAULT = 50;
  private static final int MAX = 500;

  @Parameter(description = "`nextCursor` of the previous page")
  @QueryParam("cursor")
  private String cursor;

  @Parameter(description = "Entries per page, 1 to 500 (default 50)")
  @QueryParam("limit")
  private String limit;

  /** Where the page begins; empty for the first page. Only the list can tell if it is valid. */
  public Optional<String> cursor() {
    return Optional.ofNullable(cursor);
  }

  /**
   * The number of entries; 50 if the client states none.
   *
   * @throws ProblemException if it is not a number from 1 to 500
   */
  public int size() {
    if (limit == null) {
      return DEFAULT;
    }
    if (limit.matches("[0-9]{1,3}")) {
      int size = Integer.parseInt(limit);
      if (size >= 1 && size <= MAX) {
        return size;
      }
    }
    throw new ProblemException(ProblemCode.BAD_REQUEST, "the limit must be from 1 to " + MAX);
  }
}
