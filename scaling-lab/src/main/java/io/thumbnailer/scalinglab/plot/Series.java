package io.thumbnailer.scalinglab.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a chart.
 *
 * @param name for the legend
 * @param style how it is drawn
 * @param points in the order of x; a y that is not a number leaves a gap
 */
public record Series(String name, Style style, List<Point> points) {
  /** How a line is drawn. */
  public enum Style {
    /** Straight from point to point. */
    LINE,
    /** Level until the next point. */
    STEP,
    /** Level until the next point, with the ground below it filled. */
    AREA,
    /** A dashed line. */
    DASHED
  }

  /**
   * A point.
   *
   * @param x to the right
   * @param y upwards
   */
  public record Point(double x, double y) {}

  public Series {
    points = List.copyOf(points);
  }

  /** Removes the points between equal neighbours, which a step line does not need. */
  Series thinned() {
    if (style == Style.LINE || style == Style.DASHED || points.size() < 3) {
      return this;
    }
    List<Point> kept = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      boolean edge = i == 0 || i == points.size() - 1;
      if (edge || points.get(i).y != points.get(i - 1).y) {
        kept.add(points.get(i));
      }
    }
    return new Series(name, style, kept);
  }
}
