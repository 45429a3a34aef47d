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
                "%d job(s) at a time, CPU request %dm, limit %.2g; a warm worker takes %.3f s per"
                    + " job on average (%s), %.0f %% of it on the CPU; start %.0f s + %.1f s \u00b1"
                    + " %.0f %%; the first job takes %.1f times as long, and the excess falls to 37"
                    + " %% over %.0f jobs; grace period %.0f s",
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
                "Prometheus scrapes the queue every %.0f s, and the value is visible %.0f s later;"
                    + " the kubelet reads a container's CPU every %.0f to %.0f s, and the"
                    + " metrics-server fetches these readings every %.0f s and keeps their"
                    + " timestamps",
                setup.pipeline().scrapeSeconds(),
                setup.pipeline().lagSeconds(),
                setup.pipeline().housekeepingSeconds(),
                2 * setup.pipeline().housekeepingSeconds(),
                setup.pipeline().resourceSeconds()))
        .definition(
            "controller",
            "the HorizontalPodAutoscaler of Kubernetes 1.31 to 1.36: tests compare every number"
                + " with random cases that the real controllers computed; a reconcile is due 15 s"
                + " after the end of the previous one; pods are created or deleted "
                + text(
                    "%.1f to %.1f s later",
                    setup.controlPlane().leastSeconds(), setup.controlPlane().mostSeconds()))
        .definition(
            "nodes",
            text(
                "%d at the start, with room for %d pods each; a further node takes %.0f s, plus"
                    + " %.0f s to pull the image",
                setup.nodes().readyNodes(),
                setup.nodes().placesPerNode(),
                setup.nodes().nodeSeconds(),
                setup.nodes().imagePullSeconds()))
        .definition(
            "randomness",
            text(
                "every policy runs with %d seeds, starting at %d. A policy that has not"
                    + " significantly failed a load, and costs at most 15 %% more than one that"
                    + " passes, runs with up to %d further seeds, in rounds that double. While the"
                    + " choice depends on a load that a policy neither clearly passes nor clearly"
                    + " fails, its runs on that load double, up to %d. With the same seed, all"
                    + " policies get the same jobs, the same phases of all control loops and the"
                    + " same n-th worker",
                setup.seeds(), setup.firstSeed(), setup.finalSeeds(), setup.decidingSeeds()))
        .definition(
            "choice",
            "the rule was fixed before the runs: among the policies that pass the most loads, it"
                + " recommends the cheapest and all that are equal to it, the simplest family"
                + " first")
        .definition(
            "demand",
            "the fewest workers of an M/M/n queue that meet the goal for the arrivals of each"
                + " minute; it depends only on arrivals and service times, not on the autoscaler")
        .definition(
            "cost",
            text("%.4f US dollars per worker and hour (an assumption)", setup.podHourPrice()))
        .definition(
            "effort",
            text(
                "%d runs, %d jobs, %.0f simulated pod-hours",
                study.effort().runs(), study.effort().jobs(), study.effort().podHours()))
        .raw("</dl>\n")
        .heading(2, "Threats to validity")
        .raw("<ul>")
        .raw(
            item(
                "The loads are synthetic: eight shapes of two hours, scaled to the worker's rate."))
        .raw(
            item(
                "The targets of the policies follow from the same measured worker that the"
                    + " simulation uses. The factors \u201ctime per job\u201d and \u201cCPU share"
                    + " of a job\u201d show the effect of an error in that measurement."))
        .raw(item("The sensitivity runs have fewer seeds."))
        .raw(
            item(
                "The recommendation is the cheapest of many policies. The intervals account for the"
                    + " number of comparisons, but not for the choice of the settings that were"
                    + " tried."))
        .raw(
            item(
                "Not simulated: priorities, noisy neighbours, outages of S3 or Redis, and the"
                    + " removal of idle nodes. The sensitivity runs include an outage of Prometheus,"
                    + " the loss of a node, attempts that fail and are retried, and loads of a"
                    + " day."))
        .raw(item("The queue has no limit: no upload is refused."))
        .raw("</ul>\n");
  }

  private static String item(String content) {
    return "<li>" + Html.escape(content) + "</li>\n";
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
