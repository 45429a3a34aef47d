package io.thumbnailer.scalinglab.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A rate over time as Prometheus answers a range query ({@code /api/v1/query_range}), such as of
 * {@code sum(rate(thumbnailer_uploads_total[1m]))}. All series of the answer are added up, and a
 * rate holds until the next time that has one.
 */
public final class RangeQuery {
  private static final long MAX_BYTES = 64 * 1024 * 1024;

  private RangeQuery() {}

  /**
   * Reads a saved answer.
   *
   * @throws IllegalArgumentException if it is not an answer with data, is larger than 64 MiB, or
   *     longer than a {@link TraceShape} may be
   * @throws IOException if it cannot be read
   */
  public static TraceShape read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IllegalArgumentException(
          file + ": larger than " + MAX_BYTES / 1024 / 1024 + " MiB");
    }
    JsonNode answer;
    try {
      answer = JsonMapper.shared().readTree(file.toFile());
    } catch (JacksonException e) {
      throw new IllegalArgumentException(file + ": not JSON: " + e.getOriginalMessage(), e);
    }
    if (answer.path("status").asString("").equals("error")) {
      throw new IllegalArgumentException(
          file + ": Prometheus returned an error: " + answer.path("error").asString(""));
    }
    NavigableMap<Double, Double> rates = rates(file, answer.path("data").path("result"));
    if (rates.isEmpty()) {
      throw new IllegalArgumentException(file + ": not the result of a range query");
    }
    double first = rates.firstKey();
    return TraceShape.rates(
        file,
        rates.keySet().stream().mapToDouble(time -> time - first).toArray(),
        rates.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static NavigableMap<Double, Double> rates(Path file, JsonNode series) {
    NavigableMap<Double, Double> rates = new TreeMap<>();
    for (JsonNode one : series) {
      for (JsonNode point : one.path("values")) {
        double time = point.path(0).asDouble(Double.NaN);
        double rate = point.path(1).asDouble(Double.NaN);
        if (!(rate >= 0 && rate < 1e9) || !Double.isFinite(time)) {
          throw new IllegalArgumentException(file + ": not a time and a rate: " + point);
        }
        rates.merge(time, rate, Double::sum);
      }
    }
    return rates;
  }
}
