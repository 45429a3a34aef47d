package io.thumbnailer.scalinglab.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A rate over time as Prometheus answers a range query ({@code /api/v1/query_range}), such as of
 * {@code sum(rate(thumbnailer_uploads_total[1m]))}. All series of the answer are added up.
 */
public final class RangeQuery {
  private RangeQuery() {}

  /**
   * Reads a saved answer.
   *
   * @throws IllegalArgumentException if it is not an answer with data
   * @throws IOException if it cannot be read
   */
  public static TraceShape read(Path file) throws IOException {
    JsonNode series;
    try {
      series = JsonMapper.shared().readTree(file.toFile()).path("data").path("result");
    } catch (JacksonException e) {
      throw new IllegalArgumentException(file + ": not JSON: " + e.getOriginalMessage(), e);
    }
    NavigableMap<Double, Double> rates = new TreeMap<>();
    for (JsonNode one : series) {
      for (JsonNode point : one.path("values")) {
        double rate = point.path(1).asDouble(Double.NaN);
        if (!(rate >= 0 && rate < 1e9)) {
          throw new IllegalArgumentException(file + ": not a rate: " + point);
        }
        rates.merge(point.path(0).asDouble(), rate, Double::sum);
      }
    }
    if (rates.isEmpty()) {
      throw new IllegalArgumentException(file + ": no values of a range query");
    }
    double first = rates.firstKey();
    return TraceShape.rates(
        String.valueOf(file.getFileName()),
        rates.keySet().stream().mapToDouble(time -> time - first).toArray(),
        rates.values().stream().mapToDouble(Double::doubleValue).toArray());
  }
}
