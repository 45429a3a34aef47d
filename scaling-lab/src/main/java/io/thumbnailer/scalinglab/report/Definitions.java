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
                "a job that starts more than %.0f s after its upload, or never",
                study.setup().objective().waitSeconds()))
        .definition(
            "pass",
            String.format(
                Locale.ROOT,
                "a policy passes a load if at most %.0f %% of the jobs are late, averaged over the"
                    + " runs. Its worst load is the one with the most late jobs",
                study.allowedPercent()))
        .definition(
            "pod-hours",
            "what workers cost: the time from a worker's place on a node until it is gone")
        .definition(
            "candidate",
            "a policy that a HorizontalPodAutoscaler can implement; only candidates are"
                + " recommended")
        .definition(
            "cpu-50, queue-10, both-10",
            "HPA on CPU at 50 % of the request; HPA on the backlog, with 10 jobs per worker; the"
                + " same with CPU at 140 % of the request as a floor")
        .definition(
            "formula-90",
            "HPA on (arrival rate + backlog / 10 s), with a target of 90 % of a worker's rate per"
                + " worker")
        .definition(
            "down-30, down-120, down-300",
            "stabilization window for scaling down, in seconds; each family is tried with all"
                + " three")
        .definition(
            "equal",
            "two policies are equal if their difference in pod-hours is not significant (95 %,"
                + " Bonferroni) or is below 1 %. Pairs of runs are compared that have the same jobs"
                + " and the same phases of the control loops")
        .definition(
            "\u03b8U, \u03b8O; aU, aO",
            "accuracy: missing (U) or surplus (O) workers, in per cent of the demand and as a"
                + " number. The Javadoc of ElasticityMetrics cites the source of this and the next"
                + " four metrics")
        .definition(
            "\u03c4U, \u03c4O", "time share: the part of the time with too few or too many workers")
        .definition(
            "\u03c5",
            "instability: the share of the minutes in which supply and demand did not move in the"
                + " same direction")
        .definition(
            "j",
            "jitter: workers added and removed per hour, minus the number that the demand required")
        .definition(
            "\u03b5",
            "elastic speedup compared with the best fixed number of workers; above 1 is better")
        .definition(
            "catch up", "time from the peak of the demand until the supply first reaches it")
        .definition("handed back", "jobs per run that a stopping worker returned to the queue")
        .raw("</dl>\n");
  }
}
