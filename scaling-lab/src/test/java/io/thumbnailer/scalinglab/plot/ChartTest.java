package io.thumbnailer.scalinglab.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartTest {
  @Test
  void ticksAreRoundNumbers() {
    assertThat(Axis.fromZero(37).ticks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0);
    assertThat(Axis.fromZero(0.9).label(0.2)).isEqualTo("0.2");
    assertThat(Axis.fromZero(0).ticks()).isNotEmpty();
    assertThat(Axis.exact(0, 120).ticks()).first().isEqualTo(0.0);
  }

  @Test
  void aGapInTheDataIsAGapInTheLine() throws Exception {
    String svg =
        new LineChart(
                "a < b & \"c\"",
                "x",
                "y",
                List.of(
                    new Series(
                        "line",
                        Series.Style.LINE,
                        List.of(
                            new Series.Point(0, 1),
                            new Series.Point(1, Double.NaN),
                            new Series.Point(2, 3),
                            new Series.Point(3, 4)))))
            .svg();
    String path =
        parse(svg)
            .getElementsByTagName("path")
            .item(0)
            .getAttributes()
            .getNamedItem("d")
            .getNodeValue();
    assertThat(path.chars().filter(c -> c == 'M')).hasSize(2);
    assertThat(svg).doesNotContain("NaN");
  }

  @Test
  void aLineFarAboveTheOthersDoesNotFlattenThem() throws Exception {
    String svg =
        new LineChart(
                "backlog",
                "x",
                "y",
                List.of(line("huge", 0, 9000), line("small", 0, 4), line("smaller", 0, 3)))
            .svg();
    assertThat(svg).contains(">huge, off the scale<", ">small<");
    var paths = parse(svg).getElementsByTagName("path");
    String small = paths.item(1).getAttributes().getNamedItem("d").getNodeValue();
    // from the ground to the upper edge
    assertThat(small).startsWith("M52 212").endsWith("L628 52");
  }

  private static Series line(String name, double from, double to) {
    return new Series(
        name, Series.Style.LINE, List.of(new Series.Point(0, from), new Series.Point(1, to)));
  }

  @Test
  void namesInAScatterChartDoNotCoverEachOther() throws Exception {
    var marks =
        List.of(
            new ScatterChart.Mark("the chosen policy", 10, 4, 0.1, 0.1, "group", true, false),
            mark("better, and very near", 9.9, 3.9, false));
    String svg = new ScatterChart("cost", "x", "y", 5, marks).svg();
    assertThat(svg).contains("name chosen");
    double[] chosen = ends(svg, "the chosen policy");
    double[] other = ends(svg, "better, and very near");
    assertThat(
            chosen[1] <= other[0] || other[1] <= chosen[0] || Math.abs(chosen[2] - other[2]) >= 11)
        .isTrue();
  }

  /** Where a name begins and ends, and its height. */
  private static double[] ends(String svg, String name) throws Exception {
    var texts = parse(svg).getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      var text = texts.item(i);
      if (text.getTextContent().equals(name)) {
        double x = Double.parseDouble(text.getAttributes().getNamedItem("x").getNodeValue());
        double y = Double.parseDouble(text.getAttributes().getNamedItem("y").getNodeValue());
        double width = 5.6 * name.length();
        boolean end = text.getAttributes().getNamedItem("class").getNodeValue().endsWith("end");
        return new double[] {end ? x - width : x, end ? x : x + width, y};
      }
    }
    throw new AssertionError(name + " is missing");
  }

  @Test
  void theParetoFrontContainsUndominatedPolicies() throws Exception {
    ScatterChart chart =
        new ScatterChart(
            "cost",
            "x",
            "y",
            5,
            List.of(
                mark("dear and good", 10, 1, false),
                mark("cheap and bad", 2, 8, false),
                mark("beaten", 5, 9, false),
                mark("between", 5, 4, false),
                mark("far too bad", 1, 16, false),
                mark("a yardstick", 1, 0, true)));
    assertThat(chart.front().stream().map(ScatterChart.Mark::name))
        .containsExactly("far too bad", "cheap and bad", "between", "dear and good");
    // Above three times the limit nothing is drawn, so that the others can be told apart.
    assertThat(chart.beyond()).extracting(ScatterChart.Mark::name).containsExactly("far too bad");
    // Five marks and the one group of the legend.
    assertThat(parse(chart.svg()).getElementsByTagName("circle").getLength()).isEqualTo(6);
  }

  @Test
  void rangesAreDrawnFromTheirLowerToTheirUpperEnd() throws Exception {
    RangeChart chart =
        new RangeChart(
            "differences",
            "x",
            0,
            List.of(
                new RangeChart.Bar("below & above", -1, 3, 1, "note", true),
                new RangeChart.Bar("a point", 2, 2, 2, "note", false)));
    Document svg = parse(chart.svg());
    var bars = svg.getElementsByTagName("rect");
    assertThat(bars.getLength()).isEqualTo(2);
    double wide = width(bars.item(0));
    assertThat(wide).isGreaterThan(100);
    assertThat(width(bars.item(1))).isEqualTo(1);
  }

  private static double width(org.w3c.dom.Node bar) {
    return Double.parseDouble(bar.getAttributes().getNamedItem("width").getNodeValue());
  }

  private static ScatterChart.Mark mark(String name, double x, double y, boolean yardstick) {
    return new ScatterChart.Mark(name, x, y, 0.1, 0.1, "group", false, yardstick);
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
