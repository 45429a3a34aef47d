package io.thumbnailer.scalinglab.plot;

import java.util.Locale;

/** Writes SVG elements. */
final class Svg {
  private final StringBuilder text = new StringBuilder();

  Svg(int width, int height, String label) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " aria-label=\"%s\">",
        width, height, escape(label));
  }

  void line(double x1, double y1, double x2, double y2, String attributes) {
    add(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" %s/>",
        n(x1), n(y1), n(x2), n(y2), attributes);
  }

  void text(double x, double y, String css, String content) {
    add("<text x=\"%s\" y=\"%s\" class=\"%s\">%s</text>", n(x), n(y), css, escape(content));
  }

  void path(String data, String attributes) {
    add("<path d=\"%s\" %s/>", data, attributes);
  }

  void circle(double x, double y, double radius, String attributes, String title) {
    add(
        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" %s><title>%s</title></circle>",
        n(x), n(y), n(radius), attributes, escape(title));
  }

  void rectangle(double x, double y, double width, double height, String attributes) {
    add(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" %s/>",
        n(x), n(y), n(width), n(height), attributes);
  }

  private void add(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  String end() {
    return text.append("</svg>\n").toString();
  }

  /** Formats a number with one decimal, or none if it is zero. */
  static String n(double value) {
    double rounded = Math.round(value * 10) / 10.0;
    return rounded == Math.rint(rounded)
        ? Long.toString(Math.round(rounded))
        : Double.toString(rounded);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
