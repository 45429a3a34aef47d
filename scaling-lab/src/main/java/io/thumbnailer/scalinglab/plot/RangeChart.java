package io.thumbnailer.scalinglab.plot;

import java.util.List;

/**
 * Horizontal bars from one value to another, one below the other: intervals, or the effects of
 * changed assumptions.
 *
 * @param title above it
 * @param xLabel with its unit
 * @param reference a vertical line, such as zero or a limit; not a number for none
 * @param bars from the top
 */
public record RangeChart(String title, String xLabel, double reference, List<Bar> bars) {
  private static final int WIDTH = 760;
  private static final int LEFT = 250;
  private static final int RIGHT = 24;
  private static final int TOP = 34;
  private static final int BOTTOM = 40;
  private static final int ROW = 24;

  /**
   * A bar.
   *
   * @param name to the left of it
   * @param low its lower end
   * @param high its upper end
   * @param mark a point on it
   * @param note shown when it is pointed at
   * @param strong whether it stands out
   */
  public record Bar(
      String name, double low, double high, double mark, String note, boolean strong) {}

  public RangeChart {
    bars = List.copyOf(bars);
  }

  /** Returns the chart as a complete SVG element. */
  public String svg() {
    double least = Math.min(0, Double.isNaN(reference) ? 0 : reference);
    double most = Double.isNaN(reference) ? 0 : reference;
    for (Bar bar : bars) {
      least = Math.min(least, bar.low);
      most = Math.max(most, bar.high);
    }
    Axis x = least < 0 ? Axis.exact(least, most) : Axis.fromZero(most);
    int height = TOP + ROW * bars.size() + BOTTOM;
    Svg svg = new Svg(WIDTH, height, title);
    svg.text(8, 14, "title", title);
    for (double tick : x.ticks()) {
      svg.line(pixel(x, tick), TOP, pixel(x, tick), height - BOTTOM, "class=\"grid\"");
      svg.text(pixel(x, tick), height - BOTTOM + 14, "tick middle", x.label(tick));
    }
    svg.text((LEFT + WIDTH - RIGHT) / 2.0, height - 8, "tick middle", xLabel);
    for (int i = 0; i < bars.size(); i++) {
      draw(svg, x, bars.get(i), TOP + ROW * i + ROW / 2.0);
    }
    if (!Double.isNaN(reference)) {
      svg.line(
          pixel(x, reference),
          TOP,
          pixel(x, reference),
          height - BOTTOM,
          "stroke=\"#d55e00\" stroke-dasharray=\"5 4\"");
    }
    return svg.end();
  }

  private static void draw(Svg svg, Axis x, Bar bar, double y) {
    String colour = Palette.colour(bar.strong ? 0 : 5);
    svg.text(LEFT - 8, y + 4, "tick end", bar.name);
    svg.rectangle(
        pixel(x, bar.low),
        y - 6,
        Math.max(1, pixel(x, bar.high) - pixel(x, bar.low)),
        12,
        "fill=\"" + colour + "\"");
    svg.circle(pixel(x, bar.mark), y, 3.5, "fill=\"#1a1a1a\"", bar.note);
  }

  private static double pixel(Axis axis, double value) {
    return LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT);
  }
}
