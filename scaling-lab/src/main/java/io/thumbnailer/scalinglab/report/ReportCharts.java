package io.thumbnailer.scalinglab.report;

import io.thumbnailer.scalinglab.plot.LineChart;
import io.thumbnailer.scalinglab.plot.ScatterChart;
import io.thumbnailer.scalinglab.plot.Series;
import io.thumbnailer.scalinglab.study.SummaryRow;
import io.thumbnailer.scalinglab.study.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The charts of a report. */
final class ReportCharts {
  private static final String MINUTES = "minutes";

  private final StudyRecord study;

  ReportCharts(StudyRecord study) {
    this.study = study;
  }

  /** Cost against kept promises. */
  String pareto() {
    List<ScatterChart.Mark> marks = new ArrayList<>();
    for (SummaryRow row : study.summary()) {
      if (row.shape().equals(SummaryRow.ALL)) {
        marks.add(
            new ScatterChart.Mark(
                row.policy(),
                row.podHours().mean(),
                row.latePercent().mean(),
                row.podHours().halfWidth(),
                row.latePercent().halfWidth(),
                row.kind().name(),
                row.kind().isYardstick()));
      }
    }
    return new ScatterChart(
            "Cost against late jobs, mean over all loads", "pod-hours a run", "late jobs, %", marks)
        .svg();
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
    return new LineChart("Workers against demand", MINUTES, "workers", replicas).svg()
        + new LineChart(
                "Backlog",
                MINUTES,
                "jobs waiting or in work",
                all(runs, Series.Style.LINE, Timeline.Point::backlog))
            .svg()
        + new LineChart(
                "p95 of the wait, by arrival",
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
                "Cost so far",
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

  /** The real run and its simulation in one picture. */
  static String calibration(Calibration run) {
    return new LineChart(
                "Workers",
                MINUTES,
                "workers that take jobs",
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
                "jobs waiting or in work",
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
