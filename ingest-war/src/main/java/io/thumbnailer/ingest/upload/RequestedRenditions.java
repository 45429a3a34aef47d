package io.thumbnailer.ingest.upload;

import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Selects the configured renditions that a client requests by name. */
public final class RequestedRenditions {
  private final Map<String, Rendition> configured;

  public RequestedRenditions(Map<String, Rendition> configured) {
    this.configured = configured;
  }

  /**
   * The renditions of a comma-separated list of names, or all of them without one; smallest first.
   *
   * @throws ProblemException if a name is not configured
   */
  public List<Rendition> select(Optional<String> names) {
    return names
        .map(list -> Arrays.stream(list.split(",", -1)).map(String::strip).distinct())
        .orElseGet(() -> configured.keySet().stream())
        .map(this::named)
        .sorted(
            Comparator.comparingInt((Rendition r) -> r.width() * r.height())
                .thenComparing(Rendition::name))
        .toList();
  }

  private Rendition named(String name) {
    Rendition rendition = configured.get(name);
    if (rendition == null) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST,
          "unknown rendition; the renditions are "
              + String.join(", ", configured.keySet().stream().sorted().toList()));
    }
    return rendition;
  }
}
