package io.thumbnailer.scalinglab.plot;

import java.util.List;

/**
 * A chart of lines over a common x. A line that rises far above all others runs along the upper
 * edge, so that the others can be told apart.
 *
 * @param title above it
 * @param xLabel with its unit
 * @param yLabel with its unit
 * @param series at least one; the first is drawn first
 */
public record LineChart(String title, String xLabel, String yLabel, List<Series> series) {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 248;
  private static final int LEFT = 52;
  private static final int RIGHT = 12;
  private static final int TOP = 52;
  private static final int BOTTOM = 36;
  private static final int LEGEND_LETTER = 6;
  private static final double FAR_ABOVE = 5;
  private static final String DEMAND = "#999999";

  public LineChart {
    series = List.copyOf(series);
  }

  /** Returns the chart as a complete SVG element. */
  public String svg() {
    Axis x = xAxis();
    Axis y = yAxis();
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    svg.text(LEFT, 14, "title", title);
    grid(svg, x, y);
    int colour = 0;
    double legend = LEFT;
    for (Series line : series) {
      boolean area = line.style() == Series.Style.AREA;
      String stroke = area ? DEMAND : Palette.colour(colour++);
      draw(svg, line.thinned(), x, y, stroke);
      String name = line.name() + (high(line) > y.high() ? ", off the scale" : "");
      legend = legend(svg, legend, name, stroke);
    }
    return svg.end();
  }

  private Axis xAxis() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Series line : series) {
      for (Series.Point point : line.points()) {
        low = Math.min(low, point.x());
        high = Math.max(high, point.x());
      }
    }
    return Double.isInfinite(low) ? Axis.exact(0, 1) : Axis.exact(low, high);
  }

  private Axis yAxis() {
    double[] highs = series.stream().mapToDouble(LineChart::high).sorted().toArray();
    double high = highs[highs.length - 1];
    double second = highs[Math.max(0, highs.length - 2)];
    boolean far = second > 0 && high > FAR_ABOVE * second;
    return Axis.fromZero(high == 0 ? 1 : far ? second : high);
  }

  private static double high(Series line) {
    return line.points().stream()
        .mapToDouble(Series.Point::y)
        .filter(y -> !Double.isNaN(y))
        .max()
        .orElse(0);
  }

  private void grid(Svg svg, Axis x, Axis y) {
    for (double tick : y.ticks()) {
      double at = yPixel(y, tick);
      svg.line(LEFT, at, WIDTH - RIGHT, at, "class=\"grid\"");
      svg.text(LEFT - 6, at + 4, "tick end", y.label(tick));
    }
    for (double tick : x.ticks()) {
      svg.text(xPixel(x, tick), HEIGHT - BOTTOM + 14, "tick middle", x.label(tick));
    }
    svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "tick middle", xLabel);
    svg.text(LEFT, TOP - 6, "tick", yLabel);
  }

  private static double legend(Svg svg, double at, String name, String stroke) {
    svg.line(at, 25, at + 16, 25, "stroke=\"" + stroke + "\" stroke-width=\"3\"");
    svg.text(at + 20, 29, "tick", name);
    return at + 36 + LEGEND_LETTER * name.length();
  }

  private void draw(Svg svg, Series line, Axis x, Axis y, String stroke) {
    StringBuilder path = new StringBuilder();
    boolean level = line.style() == Series.Style.STEP || line.style() == Series.Style.AREA;
    boolean pen = false;
    for (Series.Point point : line.points()) {
      if (Double.isNaN(point.y())) {
        pen = false;
        continue;
      }
      String px = Svg.n(xPixel(x, point.x()));
      String py = Svg.n(yPixel(y, Math.min(point.y(), y.high())));
      if (!pen) {
        path.append('M').append(px).append(' ').append(py);
      } else if (level) {
        path.append('H').append(px).append('V').append(py);
      } else {
        path.append('L').append(px).append(' ').append(py);
      }
      pen = true;
    }
    if (path.isEmpty()) {
      return;
    }
    if (line.style() == Series.Style.AREA) {
      String ground = Svg.n(yPixel(y, 0));
      String last = Svg.n(xPixel(x, line.points().get(line.points().size() - 1).x()));
      String first = Svg.n(xPixel(x, line.points().get(0).x()));
      svg.path(
          path + "H" + last + "V" + ground + "H" + first + "Z",
          "fill=\"" + DEMAND + "\" fill-opacity=\"0.25\" stroke=\"" + DEMAND + "\"");
    } else {
      String dashes = line.style() == Series.Style.DASHED ? " stroke-dasharray=\"5 4\"" : "";
      svg.path(
          path.toString(), "fill=\"none\" stroke=\"" + stroke + "\" stroke-width=\"1.6\"" + dashes);
    }
  }

  private static double xPixel(Axis axis, double value) {
    return LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT);
  }

  private static double yPixel(Axis axis, double value) {
    return HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - TOP - BOTTOM);
  }
}
