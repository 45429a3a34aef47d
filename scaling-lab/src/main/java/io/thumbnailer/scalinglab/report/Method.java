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
                "Prometheus reads the queue every %.0f s, and the value is visible %.0f s later; the"
                    + " kubelet reads a container's CPU every %.0f to %.0f s, and the metrics-server"
                    + " fetches these readings every %.0f s and keeps their timestamps",
                setup.pipeline().scrapeSeconds(),
                setup.pipeline().lagSeconds(),
                setup.pipeline().housekeepingSeconds(),
                2 * setup.pipeline().housekeepingSeconds(),
                setup.pipeline().resourceSeconds()))
        .definition(
            "controller",
            "the HorizontalPodAutoscaler of Kubernetes 1.31 to 1.36, number for number: the tests"
                + " compare it with random cases replayed through the real controllers; a reconcile is"
                + " due 15 s after the end of the last; pods follow "
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
                "every policy runs with %d seeds, the first of which is %d. A policy that has not"
                    + " clearly failed a load, and costs at most 15 %% more than one that passes, runs"
                    + " with up to %d further seeds, in rounds that double. While the choice depends on a"
                    + " load that a policy neither clearly passes nor clearly fails, its runs on that load"
                    + " double, up to %d. With the same seed, all policies get the same jobs, the same"
                    + " phases of all loops and the same n-th worker",
                setup.seeds(), setup.firstSeed(), setup.finalSeeds(), setup.decidingSeeds()))
        .definition(
            "choice",
            "the rule was fixed before the runs: of the policies that pass the most loads, the cheapest"
                + " and all that are equal to it are recommended, the simplest family first")
        .definition(
            "demand",
            "the fewest workers of an M/M/n queue that keep the promise for the arrivals of each"
                + " minute, from arrivals and service times alone, whatever the autoscaler does")
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
                "The targets of the policies were derived from the worker that does the jobs. The"
                    + " factors \u201ctime of a job\u201d and \u201cCPU share\u201d show what an error in the"
                    + " measurement does."))
        .raw(item("The sensitivity runs have fewer seeds."))
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
