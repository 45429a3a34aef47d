package io.thumbnailer.scalinglab.report;

import java.util.Locale;

/** The words of a report. */
final class Definitions {
  private Definitions() {}

  static void write(Html html, StudyRecord study) {
    html.heading(2, "Definitions")
        .raw("<dl>")
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
                "on one load: the mean share of late jobs is at most %.0f %%. Where the choice depends on"
                    + " it and the confidence interval holds this limit, the policy runs more often",
                study.allowedPercent()))
        .definition(
            "pod-hours", "what is paid for: from a worker's place on a node until it is gone")
        .definition(
            "formula",
            "(arrival rate + backlog / 10 s) divided by a part of the rate of one worker: enough"
                + " workers for what comes, and for the backlog within 10 s")
        .definition(
            "down-30, down-120, down-300",
            "stabilization window for scaling down, seconds; the same three for each family")
        .definition(
            "equal",
            "the paired difference in pod-hours, on the same jobs with the same phases of the"
                + " control loops, is not significant (95 %, Bonferroni) or below 1 %")
        .definition(
            "\u03b8U, \u03b8O; aU, aO",
            "SPEC RG accuracy: how much supply was missing or too much, as a part of the demand and"
                + " in workers")
        .definition(
            "\u03c4U, \u03c4O", "SPEC RG time share: how long there were too few or too many")
        .definition(
            "\u03c5", "SPEC RG instability: steps in which supply did not move as demand did")
        .definition("j", "SPEC RG jitter: adaptations an hour more than the demand's")
        .definition("\u03c3", "SPEC RG deviation: distance from a perfect autoscaler, 0 is perfect")
        .definition(
            "\u03b5",
            "SPEC RG elastic speedup over the best fixed number of workers: above 1 is better")
        .definition("handed back", "jobs interrupted by a worker's stop, a run")
        .raw("</dl>\n");
  }
}
