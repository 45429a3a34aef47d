package io.thumbnailer.scalinglab.report;

import java.util.Locale;

/** The words of a report. */
final class Definitions {
  private Definitions() {}

  static void write(Html html, StudyRecord study) {
    html.heading(2, "Definitions")
        .raw("<dl>")
        .definition("backlog", "jobs in the queue and jobs in progress")
        .definition(
            "late",
            String.format(
                Locale.ROOT,
                "a job that waited more than %.0f s from the upload to the start of its work, or was"
                    + " never done",
                study.setup().objective().waitSeconds()))
        .definition(
            "pass",
            String.format(
                Locale.ROOT,
                "a policy passes a load if at most %.0f %% of the jobs are late, in the mean over the"
                    + " runs. The load with the most late jobs is its worst load",
                study.allowedPercent()))
        .definition(
            "pod-hours",
            "the time that workers are paid for: from the moment a worker has a place on a node until"
                + " it is gone")
        .definition("candidate", "a policy that can be shipped; static and oracle are yardsticks")
        .definition(
            "cpu-50, queue-10, both-10",
            "autoscaler on CPU at 50 % of the request; on the backlog, with 10 jobs for each worker; on"
                + " the backlog, with CPU at 140 % of the request as a floor")
        .definition(
            "formula-90",
            "autoscaler on (arrival rate + backlog / 10 s): so many workers that each has 90 % of the"
                + " rate that it can do")
        .definition(
            "down-30, down-120, down-300",
            "stabilization window for scaling down, in seconds; the same three for each family")
        .definition(
            "equal",
            "two policies are equal if their difference in pod-hours, in pairs of runs with the same"
                + " jobs and the same phases of the control loops, is not significant (95 %, Bonferroni)"
                + " or below 1 %")
        .definition(
            "\u03b8U, \u03b8O; aU, aO",
            "accuracy: how much supply was missing (U) or too much (O), in per cent of the demand and"
                + " in workers. This and the following are metrics of the SPEC Research Group")
        .definition(
            "\u03c4U, \u03c4O", "time share: how long there were too few or too many workers")
        .definition(
            "\u03c5",
            "instability: the minutes in which supply did not move in the demand's direction")
        .definition(
            "j",
            "jitter: workers added and removed in an hour, less those that the demand asked for")
        .definition("\u03c3", "deviation: distance from a perfect autoscaler, which has 0")
        .definition(
            "\u03b5", "elastic speedup over the best fixed number of workers: above 1 is better")
        .definition(
            "catch up", "time from the highest demand until the supply meets it for the first time")
        .definition("handed back", "jobs that a stopping worker returned to the queue, in a run")
        .raw("</dl>\n");
  }
}
