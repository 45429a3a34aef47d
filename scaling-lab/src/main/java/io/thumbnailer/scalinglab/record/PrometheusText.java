package io.thumbnailer.scalinglab.record;

/** Reads a number from the text of {@code /metrics}. */
final class PrometheusText {
  private PrometheusText() {}

  /**
   * The sum over all series of a metric.
   *
   * @return NaN if there is none, or one of them is not a number
   */
  static double sum(String text, String metric) {
    double sum = 0;
    boolean found = false;
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(metric + "{") || line.startsWith(metric + " ")) {
        String rest = line.substring(Math.max(metric.length(), line.lastIndexOf('}') + 1)).trim();
        int space = rest.indexOf(' ');
        sum += number(space < 0 ? rest : rest.substring(0, space));
        found = true;
      }
    }
    return found ? sum : Double.NaN;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
