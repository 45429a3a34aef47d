package io.thumbnailer.scalinglab.load;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;

/**
 * Replays arrivals from a CSV file. Its header decides: {@code arrival_seconds} gives each arrival,
 * {@code seconds,rate} gives the rate of a Poisson process from a moment on, until the next row. A
 * trace has at most two million arrivals and 31 days.
 */
public final class TraceShape implements LoadShape {
  private static final String ARRIVALS = "arrival_seconds";
  private static final String RATES = "seconds,rate";
  private static final int MAX_ARRIVALS = 2_000_000;
  private static final double MAX_SECONDS = 31 * 86_400.0;

  /** Blank lines are kept as rows, so that the number of a row is that of its line. */
  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvReadFeature.WRAP_AS_ARRAY, CsvReadFeature.TRIM_SPACES).build();

  private final String file;
  private final double[] times;
  private final double[] rates;

  private TraceShape(Path path, double[] times, double[] rates) {
    if (times[times.length - 1] > MAX_SECONDS) {
      throw new IllegalArgumentException(
          path + ": longer than 31 days; times are seconds from the start of the trace");
    }
    double arrivals = rates.length == 0 ? times.length : 0;
    for (int i = 0; i + 1 < rates.length; i++) {
      arrivals += rates[i] * (times[i + 1] - times[i]);
    }
    if (arrivals > MAX_ARRIVALS) {
      throw tooManyArrivals(path);
    }
    this.file = String.valueOf(path.getFileName());
    this.times = times;
    this.rates = rates;
  }

  /**
   * Reads a trace.
   *
   * @throws IllegalArgumentException if the file is malformed or too long; the message names the
   *     line
   * @throws IOException if it cannot be read
   */
  public static TraceShape read(Path path) throws IOException {
    List<double[]> table;
    try (Reader text = Files.newBufferedReader(path);
        MappingIterator<String[]> rows = CSV.readerFor(String[].class).readValues(text)) {
      table = read(path, rows);
    } catch (JacksonIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw new IllegalArgumentException(path + ": not text in UTF-8", e);
      }
      throw new IOException(path + ": " + e.getCause().getMessage(), e);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(path + ": not CSV: " + e.getOriginalMessage(), e);
    }
    boolean rated = table.get(0).length > 1;
    return new TraceShape(
        path,
        table.stream().mapToDouble(row -> row[0]).toArray(),
        rated ? table.stream().mapToDouble(row -> row[1]).toArray() : new double[0]);
  }

  private static List<double[]> read(Path path, MappingIterator<String[]> rows) {
    String header = rows.hasNext() ? String.join(",", rows.next()).replace("\uFEFF", "") : "";
    if (!header.equals(ARRIVALS) && !header.equals(RATES)) {
      throw new IllegalArgumentException(
          path + ": the first line must be \"" + ARRIVALS + "\" or \"" + RATES + "\"");
    }
    int columns = header.equals(ARRIVALS) ? 1 : 2;
    List<double[]> table = new ArrayList<>();
    double last = 0;
    for (int line = 2; rows.hasNext(); line++) {
      String[] cells = rows.next();
      if (cells.length > 1 || !cells[0].isEmpty()) {
        double[] row = row(path + ", line " + line, cells, columns);
        if (row[0] < last) {
          throw new IllegalArgumentException(
              path + ", line " + line + ": the times must be in ascending order");
        }
        if (table.size() == MAX_ARRIVALS) {
          throw tooManyArrivals(path);
        }
        last = row[0];
        table.add(row);
      }
    }
    if (table.isEmpty()) {
      throw new IllegalArgumentException(path + ": there are no rows after the header");
    }
    return table;
  }

  private static IllegalArgumentException tooManyArrivals(Path path) {
    return new IllegalArgumentException(
        path + ": more than " + MAX_ARRIVALS + " arrivals; use a shorter part of it");
  }

  /**
   * Creates a shape of rates, each valid from a time on; both arrays have the same length.
   *
   * @throws IllegalArgumentException if it is too long
   */
  static TraceShape rates(Path source, double[] times, double[] rates) {
    return new TraceShape(source, times, rates);
  }

  /** When the last row begins, in seconds. */
  public double lastSeconds() {
    return times[times.length - 1];
  }

  private static double[] row(String place, String[] cells, int columns) {
    double[] row;
    try {
      row = Stream.of(cells).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(place + ": not a row of numbers", e);
    }
    if (row.length != columns || DoubleStream.of(row).anyMatch(v -> !(v >= 0 && v < 1e12))) {
      throw new IllegalArgumentException(
          place
              + ": expected "
              + columns
              + (columns == 1 ? " number" : " numbers")
              + " of 0 or more");
    }
    return row;
  }

  @Override
  public String name() {
    return "trace";
  }

  @Override
  public String description() {
    return "arrivals of " + file;
  }

  @Override
  public double[] arrivals(double seconds, RandomGenerator random) {
    if (rates.length == 0) {
      return DoubleStream.of(times).takeWhile(t -> t < seconds).toArray();
    }
    DoubleStream.Builder arrivals = DoubleStream.builder();
    for (int i = 0; i < times.length; i++) {
      double end = i + 1 < times.length ? Math.min(seconds, times[i + 1]) : seconds;
      double now = times[i];
      while (rates[i] > 0 && (now += random.nextExponential() / rates[i]) < end) {
        arrivals.add(now);
      }
    }
    return arrivals.build().toArray();
  }

  /** The number of rows. */
  public int rows() {
    return times.length;
  }
}
