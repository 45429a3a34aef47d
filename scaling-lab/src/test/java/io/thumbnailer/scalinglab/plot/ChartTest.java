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
    return new ScatterChart.Mark(name, x, y, 0.1, 0.1, "group", yardstick);
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
