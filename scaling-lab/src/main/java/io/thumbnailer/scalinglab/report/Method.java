package io.thumbnailer.scalinglab.report;

import io.thumbnailer.scalinglab.simulation.WorkerModel;
import java.util.Locale;

/** The method of a study and its limitations. */
final class Method {
  private Method() {}

  static void write(Html html, StudyRecord study) {
    StudyRecord.Setup setup = study.setup();
    WorkerModel worker = setup.worker();
    html.heading(2, "Method")
        .raw("<dl>")
        .definition(
            "worker",
            text(
                "%d job(s) at a time, CPU request %dm, limit %.2g; a warm one takes %.3f s for a job on average (%s), of which %.0f %% on the CPU; start %.0f s + %.1f s \u00b1 %.0f %%;"
                    + " the first job takes %.1f times as long, falling over %.0f jobs; grace %.0f s",
                worker.slots(),
                worker.cpu().requestMilli(),
                worker.cpu().limit(),
                setup.meanServiceSeconds(),
                setup.serviceSource(),
                100 * worker.cpu().share(),
                worker.start().containerSeconds(),
                worker.start().bootSeconds(),
                100 * worker.start().bootVariation(),
                worker.warmUp().slowdown(0),
                worker.warmUp().jobs(),
                worker.end().graceSeconds()))
        .definition(
            "metrics",
            text(
                "the queue is read every %.0f s and seen %.0f s later; the kubelet reads a"
                    + " container's CPU each %.0f to %.0f s, the metrics-server fetches that every"
                    + " %.0f s and keeps the timestamps",
                setup.pipeline().scrapeSeconds(),
                setup.pipeline().lagSeconds(),
                setup.pipeline().housekeepingSeconds(),
                2 * setup.pipeline().housekeepingSeconds(),
                setup.pipeline().resourceSeconds()))
        .definition(
            "controller",
            "the HorizontalPodAutoscaler of Kubernetes, number for number: random cases replayed"
                + " through the controllers of 1.31 and 1.35 are among the tests; a reconcile is due"
                + " 15 s after the end of the last; pods follow "
                + text(
                    "%.1f to %.1f s later",
                    setup.controlPlane().leastSeconds(), setup.controlPlane().mostSeconds()))
        .definition(
            "nodes",
            text(
                "%d at the start with %d places each; a further one takes %.0f s, and %.0f s for the"
                    + " image",
                setup.nodes().readyNodes(),
                setup.nodes().placesPerNode(),
                setup.nodes().nodeSeconds(),
                setup.nodes().imagePullSeconds()))
        .definition(
            "randomness",
            text(
                "%d seeds from %d on for every policy, and up to %d further ones, in rounds that"
                    + " double, for each policy that has neither failed a load beyond chance nor costs"
                    + " 15 %% more than one that passes. While the choice hangs on a load that a policy neither"
                    + " passes nor fails beyond chance, the runs of that policy on that load are doubled, up"
                    + " to %d. For each seed all policies get the same jobs, the same phases of all"
                    + " loops and the same n-th worker",
                setup.seeds(), setup.firstSeed(), setup.finalSeeds(), setup.decidingSeeds()))
        .definition(
            "choice",
            "fixed before the runs: of the policies that pass every load that any policy passes, the"
                + " cheapest and all that are equal to it; the simplest family first")
        .definition(
            "demand",
            "from arrivals and service time alone: the fewest workers of an M/M/n queue that keep"
                + " the promise for the arrivals of each minute. It does not depend on an autoscaler")
        .definition(
            "cost", text("%.4f $ for a worker and hour, an assumption", setup.podHourPrice()))
        .definition(
            "effort",
            text(
                "%d runs, %d jobs, %.0f simulated pod-hours in %.1f s on %d threads; %s",
                study.effort().runs(),
                study.effort().jobs(),
                study.effort().podHours(),
                study.effort().wallSeconds(),
                study.effort().threads(),
                study.effort().machine()))
        .raw("</dl>\n")
        .heading(2, "Threats to validity")
        .raw("<ul>")
        .raw(item("The loads are invented: eight shapes of two hours, sized by the worker's rate."))
        .raw(
            item(
                "A policy's targets follow from the same worker that does the jobs. The factors"
                    + " \u201ctime of a job\u201d and \u201cCPU share\u201d show what a wrong measure does."))
        .raw(item("The sensitivity runs use the loads that some candidate keeps, and fewer seeds."))
        .raw(
            item(
                "The recommendation is the cheapest of many: the intervals allow for the number of"
                    + " comparisons, not for the choice of the grid."))
        .raw(
            item(
                "Not simulated: retries, priorities, noisy neighbours, S3 or Redis failing, the"
                    + " removal of idle nodes. Prometheus away and a node lost are factors of their own."))
        .raw(item("One queue without limits: an upload is never refused."))
        .raw("</ul>\n");
  }

  private static String item(String content) {
    return "<li>" + Html.escape(content) + "</li>\n";
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
