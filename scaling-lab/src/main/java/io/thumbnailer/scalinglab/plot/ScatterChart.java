package io.thumbnailer.scalinglab.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Points for which less is better in both directions. The points that no other point dominates (the
 * Pareto front) are joined. They, the chosen ones and the reference policies are labelled and have
 * intervals; the others are small and show their names on hover.
 *
 * @param title above it
 * @param xLabel with its unit
 * @param yLabel with its unit
 * @param limit a horizontal line
 * @param marks at least one; those above three times the limit are not drawn
 */
public record ScatterChart(
    String title, String xLabel, String yLabel, double limit, List<Mark> marks) {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final int LEFT = 60;
  private static final int RIGHT = 130;
  private static final int TOP = 40;
  private static final int BOTTOM = 44;
  private static final double TOO_FAR = 3;
  private static final double LETTER = 5.6;
  private static final double LINE = 11;
  private static final double LEGEND_ROW = 15;

  /**
   * A point.
   *
   * @param name beside it
   * @param x to the right
   * @param y upwards
   * @param xHalfWidth of its confidence interval
   * @param yHalfWidth of its confidence interval
   * @param group those of one group have one colour, which a legend names
   * @param chosen whether its name is printed first, in bold
   * @param yardstick whether it is there to compare with and not to choose; it is in no front
   */
  public record Mark(
      String name,
      double x,
      double y,
      double xHalfWidth,
      double yHalfWidth,
      String group,
      boolean chosen,
      boolean yardstick) {}

  public ScatterChart {
    marks = List.copyOf(marks);
  }

  /** The marks above the range of the chart. */
  public List<Mark> beyond() {
    return marks.stream().filter(mark -> mark.y > TOO_FAR * limit).toList();
  }

  /** The marks that no other mark dominates. */
  public List<Mark> front() {
    List<Mark> front = new ArrayList<>();
    double lowest = Double.POSITIVE_INFINITY;
    for (Mark mark :
        marks.stream()
            .filter(mark -> !mark.yardstick)
            .sorted(Comparator.comparingDouble(Mark::x).thenComparingDouble(Mark::y))
            .toList()) {
      if (mark.y < lowest) {
        front.add(mark);
        lowest = mark.y;
      }
    }
    return front;
  }

  /**
   * Returns the chart as a complete SVG element. A name without free space is omitted; hovering
   * over the mark shows it.
   */
  public String svg() {
    List<Mark> shown = new ArrayList<>(marks);
    shown.removeAll(beyond());
    double top = shown.stream().mapToDouble(Mark::y).max().orElse(limit);
    top = Math.max(top, 1.2 * limit);
    double right = shown.stream().mapToDouble(Mark::x).max().orElse(1);
    Axis x = Axis.fromZero(right);
    Axis y = Axis.fromZero(top);
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    svg.text(LEFT, 14, "title", title);
    for (double tick : y.ticks()) {
      svg.line(LEFT, yPixel(y, tick), WIDTH - RIGHT, yPixel(y, tick), "class=\"grid\"");
      svg.text(LEFT - 6, yPixel(y, tick) + 4, "tick end", y.label(tick));
    }
    for (double tick : x.ticks()) {
      svg.text(xPixel(x, tick), HEIGHT - BOTTOM + 16, "tick middle", x.label(tick));
    }
    svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "tick middle", xLabel);
    svg.text(LEFT, TOP - 8, "tick", yLabel);
    svg.line(
        LEFT,
        yPixel(y, limit),
        WIDTH - RIGHT,
        yPixel(y, limit),
        "stroke=\"#d55e00\" stroke-dasharray=\"5 4\"");
    StringBuilder path = new StringBuilder();
    List<Mark> front = new ArrayList<>(front());
    front.retainAll(shown);
    for (Mark mark : front) {
      path.append(path.isEmpty() ? "M" : "L")
          .append(Svg.n(xPixel(x, mark.x)))
          .append(' ')
          .append(Svg.n(yPixel(y, mark.y)));
    }
    svg.path(path.toString(), "fill=\"none\" stroke=\"#999999\" stroke-dasharray=\"4 3\"");
    List<String> groups = marks.stream().map(Mark::group).distinct().toList();
    for (int i = 0; i < groups.size(); i++) {
      double row = TOP + 8 + LEGEND_ROW * i;
      svg.circle(WIDTH - RIGHT + 24, row - 4, 4, look(i), groups.get(i));
      svg.text(WIDTH - RIGHT + 34, row, "name", groups.get(i));
    }
    List<Mark> named =
        Stream.concat(shown.stream().filter(Mark::chosen), front.stream()).distinct().toList();
    named =
        Stream.concat(named.stream(), shown.stream().filter(Mark::yardstick)).distinct().toList();
    for (Mark mark : shown) {
      if (!named.contains(mark)) {
        String look = look(groups.indexOf(mark.group));
        svg.circle(xPixel(x, mark.x), yPixel(y, mark.y), 2.5, look, mark.name);
      }
    }
    List<Box> taken = new ArrayList<>();
    for (Mark mark : named) {
      draw(svg, x, y, mark, groups.indexOf(mark.group));
      taken.add(Box.around(xPixel(x, mark.x), yPixel(y, mark.y)));
    }
    for (Mark mark : named) {
      label(svg, mark, xPixel(x, mark.x), yPixel(y, mark.y), taken);
    }
    return svg.end();
  }

  /** Filled circles, and rings once all colours are used. */
  private static String look(int group) {
    String colour = "\"" + Palette.colour(group) + "\"";
    return group < Palette.size()
        ? "fill=" + colour + " fill-opacity=\"0.7\""
        : "fill=\"#ffffff\" stroke-width=\"2\" stroke=" + colour;
  }

  private static void draw(Svg svg, Axis x, Axis y, Mark mark, int group) {
    double px = xPixel(x, mark.x);
    double py = yPixel(y, mark.y);
    String stroke = "stroke=\"" + Palette.colour(group) + "\"";
    svg.line(
        xPixel(x, mark.x - mark.xHalfWidth), py, xPixel(x, mark.x + mark.xHalfWidth), py, stroke);
    svg.line(
        px,
        yPixel(y, Math.max(0, mark.y - mark.yHalfWidth)),
        px,
        Math.max(TOP, yPixel(y, mark.y + mark.yHalfWidth)),
        stroke);
    svg.circle(px, py, 4.5, look(group), mark.name);
  }

  /** Prints the name where it covers no other name and no named mark: beside, above or below it. */
  private static void label(Svg svg, Mark mark, double px, double py, List<Box> taken) {
    double width = LETTER * mark.name.length();
    for (double shift : new double[] {4, -8, 16, -20, 28}) {
      for (boolean before : new boolean[] {false, true}) {
        double from = before ? px - 7 - width : px + 7;
        Box box = new Box(from, py + shift - LINE, from + width, py + shift);
        if (taken.stream().noneMatch(box::overlaps)) {
          String css = (mark.chosen ? "name chosen" : "name") + (before ? " end" : "");
          svg.text(before ? px - 7 : px + 7, py + shift, css, mark.name);
          taken.add(box);
          return;
        }
      }
    }
  }

  private record Box(double left, double top, double right, double bottom) {
    static Box around(double x, double y) {
      return new Box(x - 5, y - 5, x + 5, y + 5);
    }

    boolean overlaps(Box other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
  }

  private static double xPixel(Axis axis, double value) {
    return LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT);
  }

  private static double yPixel(Axis axis, double value) {
    return HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - TOP - BOTTOM);
  }
}
