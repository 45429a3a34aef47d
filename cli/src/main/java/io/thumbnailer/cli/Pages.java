package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.cli.service.CliException;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a list that the service returns in pages. */
final class Pages {
  private static final int LARGEST = 100;

  private Pages() {}

  /** Requests one page. */
  @FunctionalInterface
  interface Source {
    JsonNode page(Optional<String> cursor, int size) throws CliException, InterruptedException;
  }

  /**
   * Passes on the entries of all pages, up to a limit. Returns their number.
   *
   * @param limit at least 1
   * @param field of a page that holds its entries
   */
  static long forEach(int limit, String field, Source source, Consumer<JsonNode> entries)
      throws CliException, InterruptedException {
    if (limit < 1) {
      throw CliException.usage("--limit must be at least 1");
    }
    Optional<String> cursor = Optional.empty();
    long count = 0;
    do {
      JsonNode page = source.page(cursor, (int) Math.min(limit - count, LARGEST));
      JsonNode found = page.path(field);
      for (JsonNode entry : found) {
        if (count < limit) {
          entries.accept(entry);
          count++;
        }
      }
      cursor =
          found.isEmpty()
              ? Optional.empty()
              : Optional.ofNullable(page.path("nextCursor").textValue());
    } while (cursor.isPresent() && count < limit);
    return count;
  }
}
