package io.thumbnailer.scalinglab.report;

import java.util.List;

/** Writes HTML and escapes all external text. */
final class Html {
  private final StringBuilder text = new StringBuilder();

  Html heading(int level, String content) {
    return raw("<h" + level + ">" + escape(content) + "</h" + level + ">\n");
  }

  Html paragraph(String content) {
    return raw("<p>" + escape(content) + "</p>\n");
  }

  Html definition(String term, String content) {
    return raw("<dt>" + escape(term) + "</dt><dd>" + escape(content) + "</dd>\n");
  }

  Html raw(String markup) {
    text.append(markup);
    return this;
  }

  /** The first cell of each row is its name; a row's class may mark it. */
  Html table(List<String> head, List<Row> rows) {
    raw("<div class=\"wide\"><table><thead><tr>");
    head.forEach(cell -> raw("<th>" + escape(cell) + "</th>"));
    raw("</tr></thead>\n<tbody>");
    for (Row row : rows) {
      raw(row.marked ? "<tr class=\"marked\">" : "<tr>");
      row.cells.forEach(cell -> raw("<td>" + escape(cell) + "</td>"));
      raw("</tr>\n");
    }
    return raw("</tbody></table></div>\n");
  }

  /** A row of a table. */
  record Row(List<String> cells, boolean marked) {}

  @Override
  public String toString() {
    return text.toString();
  }

  static String escape(String content) {
    return content
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
