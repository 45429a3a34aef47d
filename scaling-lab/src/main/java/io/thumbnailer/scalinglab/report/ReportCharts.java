package io.thumbnailer.scalinglab.report;

import io.thumbnailer.scalinglab.plot.LineChart;
import io.thumbnailer.scalinglab.plot.RangeChart;
import io.thumbnailer.scalinglab.plot.ScatterChart;
import io.thumbnailer.scalinglab.plot.Series;
import io.thumbnailer.scalinglab.study.Sensitivity;
import io.thumbnailer.scalinglab.study.SummaryRow;
import io.thumbnailer.scalinglab.study.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The charts of a report. */
final class ReportCharts {
  private static final String MINUTES = "minutes";
  private static final int MOST_DIFFERENCES = 16;

  private final StudyRecord study;

  ReportCharts(StudyRecord study) {
    this.study = study;
  }

  /** Cost against the share of late jobs on the worst of the attainable loads. */
  ScatterChart pareto() {
    List<ScatterChart.Mark> marks = new ArrayList<>();
    for (StudyRecord.Description policy : study.policies()) {
      SummaryRow all = study.row(policy.name(), SummaryRow.ALL);
      SummaryRow worst = study.worst(policy.name());
      marks.add(
          new ScatterChart.Mark(
              policy.name(),
              all.podHours().mean(),
              worst.latePercent().mean(),
              all.podHours().halfWidth(),
              worst.latePercent().halfWidth(),
              all.kind().name().toLowerCase(Locale.ROOT),
              study.recommended().contains(policy.name()),
              all.kind().isYardstick()));
    }
    return new ScatterChart(
        "Cost, and late jobs on the worst load",
        "pod-hours per run, averaged over all loads",
        "late jobs on the worst load, %",
        study.allowedPercent(),
        marks);
  }

  /** The extra cost of each policy that meets the objective over the cheapest; empty for one. */
  String differences() {
    if (study.recommendation().differences().size() < 2) {
      return "";
    }
    return new RangeChart(
            "Extra cost compared with the cheapest policy, on the same jobs",
            "extra pod-hours per run compared with "
                + study.recommendation().differences().get(0).policy(),
            0,
            study.recommendation().differences().stream()
                .limit(MOST_DIFFERENCES)
                .map(
                    d ->
                        new RangeChart.Bar(
                            d.policy(), d.low(), d.high(), d.podHours(), d.policy(), d.equal()))
                .toList())
        .svg();
  }

  /** The effect of changing one assumption at a time on a policy, greatest first. */
  String tornado(
      String policy,
      String title,
      String label,
      ToDoubleFunction<Sensitivity.Row> value,
      double line) {
    Map<String, List<Sensitivity.Row>> factors = new LinkedHashMap<>();
    double base = Double.NaN;
    for (Sensitivity.Row row : study.sensitivity()) {
      if (row.policy().equals(policy)) {
        if (row.factor().isEmpty()) {
          base = value.applyAsDouble(row);
        } else {
          factors.computeIfAbsent(row.factor(), name -> new ArrayList<>()).add(row);
        }
      }
    }
    if (factors.isEmpty()) {
      return "";
    }
    List<RangeChart.Bar> bars = new ArrayList<>();
    for (Map.Entry<String, List<Sensitivity.Row>> factor : factors.entrySet()) {
      double low = base;
      double high = base;
      List<String> levels = new ArrayList<>();
      for (Sensitivity.Row row : factor.getValue()) {
        low = Math.min(low, value.applyAsDouble(row));
        high = Math.max(high, value.applyAsDouble(row));
        levels.add(String.format(Locale.ROOT, "%s: %.1f", row.level(), value.applyAsDouble(row)));
      }
      bars.add(
          new RangeChart.Bar(
              factor.getKey(),
              low,
              high,
              base,
              String.join("; ", levels),
              high - low > 0.2 * base));
    }
    bars.sort(Comparator.comparingDouble(bar -> bar.low() - bar.high()));
    return new RangeChart(title, label, line, bars).svg();
  }

  /** One run of some policies on a shape. */
  String timelines(String shape) {
    List<Timeline> runs =
        study.timelines().stream().filter(run -> run.shape().equals(shape)).toList();
    if (runs.isEmpty()) {
      return "";
    }
    List<Series> replicas = new ArrayList<>();
    replicas.add(series("demand", Series.Style.AREA, runs.get(0), Timeline.Point::demand));
    replicas.addAll(all(runs, Series.Style.STEP, Timeline.Point::supply));
    return new LineChart("Workers and demand", MINUTES, "workers", replicas).svg()
        + new LineChart(
                "Backlog",
                MINUTES,
                "jobs waiting or in progress",
                all(runs, Series.Style.LINE, Timeline.Point::backlog))
            .svg()
        + new LineChart(
                "p95 of the wait, by time of arrival",
                MINUTES,
                "seconds",
                all(runs, Series.Style.LINE, Timeline.Point::p95Wait))
            .svg()
        + new LineChart(
                "CPU of a worker",
                MINUTES,
                "cores, mean",
                all(runs, Series.Style.LINE, Timeline.Point::cpu))
            .svg()
        + new LineChart(
                "Accumulated cost",
                MINUTES,
                "pod-hours",
                all(runs, Series.Style.LINE, Timeline.Point::podHours))
            .svg();
  }

  private static List<Series> all(
      List<Timeline> runs, Series.Style style, ToDoubleFunction<Timeline.Point> value) {
    return runs.stream().map(run -> series(run.policy(), style, run, value)).toList();
  }

  private static Series series(
      String name, Series.Style style, Timeline run, ToDoubleFunction<Timeline.Point> value) {
    return new Series(
        name,
        style,
        run.points().stream()
            .map(point -> new Series.Point(point.seconds() / 60, value.applyAsDouble(point)))
            .toList());
  }

  /** The real run and its simulation in one chart. */
  static String calibration(Calibration run) {
    return new LineChart(
                "Workers",
                MINUTES,
                "ready workers",
                List.of(
                    moments("real", Series.Style.STEP, run.realCurve(), Calibration.Moment::supply),
                    moments(
                        "simulated",
                        Series.Style.STEP,
                        run.simulatedCurve(),
                        Calibration.Moment::supply)))
            .svg()
        + new LineChart(
                "Backlog",
                MINUTES,
                "jobs waiting or in progress",
                List.of(
                    moments(
                        "real", Series.Style.LINE, run.realCurve(), Calibration.Moment::backlog),
                    moments(
                        "simulated",
                        Series.Style.DASHED,
                        run.simulatedCurve(),
                        Calibration.Moment::backlog)))
            .svg();
  }

  private static Series moments(
      String name,
      Series.Style style,
      List<Calibration.Moment> moments,
      ToDoubleFunction<Calibration.Moment> value) {
    return new Series(
        name,
        style,
        moments.stream()
            .map(moment -> new Series.Point(moment.seconds() / 60, value.applyAsDouble(moment)))
            .toList());
  }
}
