package io.thumbnailer.scalinglab.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/**
 * Replays arrivals from a CSV file. Its header decides: {@code arrival_seconds} gives each arrival,
 * {@code seconds,rate} gives the rate from a moment on, round which arrivals are drawn.
 */
public final class TraceShape implements LoadShape {
  private static final String ARRIVALS = "arrival_seconds";
  private static final String RATES = "seconds,rate";

  private final String file;
  private final double[] times;
  private final double[] rates;

  private TraceShape(String file, double[] times, double[] rates) {
    this.file = file;
    this.times = times;
    this.rates = rates;
  }

  /**
   * Reads a trace.
   *
   * @throws IllegalArgumentException when it is not such a file; the message names the line
   * @throws IOException when it cannot be read
   */
  public static TraceShape read(Path path) throws IOException {
    List<String> lines = Files.readAllLines(path);
    String header = lines.isEmpty() ? "" : lines.get(0).replace(" ", "");
    if (!header.equals(ARRIVALS) && !header.equals(RATES)) {
      throw new IllegalArgumentException(
          path + ": the first line must be \"" + ARRIVALS + "\" or \"" + RATES + "\"");
    }
    int columns = header.equals(ARRIVALS) ? 1 : 2;
    double[][] values = new double[columns][lines.size() - 1];
    int count = 0;
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        double[] row = row(path, i + 1, lines.get(i), columns);
        if (count > 0 && row[0] < values[0][count - 1]) {
          throw new IllegalArgumentException(
              path + ", line " + (i + 1) + ": the times must ascend");
        }
        for (int column = 0; column < columns; column++) {
          values[column][count] = row[column];
        }
        count++;
      }
    }
    if (count == 0) {
      throw new IllegalArgumentException(path + ": there is nothing under the header");
    }
    return new TraceShape(
        String.valueOf(path.getFileName()),
        Arrays.copyOf(values[0], count),
        columns == 1 ? new double[0] : Arrays.copyOf(values[1], count));
  }

  /** Rates that each hold from a time on; both arrays have the same length. */
  static TraceShape rates(String source, double[] times, double[] rates) {
    return new TraceShape(source, times, rates);
  }

  /** When the last row begins, in seconds. */
  public double lastSeconds() {
    return times[times.length - 1];
  }

  private static double[] row(Path path, int line, String text, int columns) {
    String[] cells = text.split(",", -1);
    double[] row = new double[columns];
    try {
      for (int i = 0; i < columns; i++) {
        row[i] = Double.parseDouble(cells[i].trim());
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(path + ", line " + line + ": not a row of numbers", e);
    }
    if (cells.length != columns || DoubleStream.of(row).anyMatch(v -> !(v >= 0 && v < 1e12))) {
      throw new IllegalArgumentException(
          path + ", line " + line + ": " + columns + " numbers from 0 are wanted");
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
    double highest = DoubleStream.of(rates).max().orElseThrow();
    if (highest == 0) {
      return new double[0];
    }
    int[] place = {-1};
    return PoissonArrivals.draw(
        seconds,
        highest,
        now -> {
          while (place[0] + 1 < times.length && times[place[0] + 1] <= now) {
            place[0]++;
          }
          return place[0] < 0 ? 0 : rates[place[0]];
        },
        random);
  }

  /** The number of rows. */
  public int rows() {
    return times.length;
  }
}
