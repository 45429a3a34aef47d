package io.thumbnailer.scalinglab.local;

import io.thumbnailer.scalinglab.hpa.MetricsSource;
import io.thumbnailer.scalinglab.hpa.PodStatus;
import io.thumbnailer.scalinglab.report.Calibration;
import io.thumbnailer.scalinglab.scaler.ClusterView;
import io.thumbnailer.scalinglab.scaler.Scaler;
import io.thumbnailer.scalinglab.study.Progress;
import io.thumbnailer.scalinglab.upload.Accepted;
import io.thumbnailer.scalinglab.upload.BackgroundUpload;
import io.thumbnailer.scalinglab.upload.ImageMix;
import io.thumbnailer.scalinglab.upload.OpenLoopUploader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Uploads a load to real servers while a scaler decides how many workers there are. */
final class LocalRun {
  private static final long TICK_MILLIS = 200;
  private static final double CURVE_SECONDS = 2;

  private final LocalServices services;
  private final WorkerFleet fleet;
  private final double scrapeSeconds;

  LocalRun(LocalServices services, WorkerFleet fleet, double scrapeSeconds) {
    this.services = services;
    this.fleet = fleet;
    this.scrapeSeconds = scrapeSeconds;
  }

  /**
   * Performs the run.
   *
   * @param arrivals seconds since the start, ascending
   * @param drain how long to wait for the last job after the load
   */
  RealRun run(
      double[] arrivals,
      double seconds,
      ImageMix images,
      Scaler scaler,
      Duration drain,
      Progress progress)
      throws InterruptedException, IOException {
    fleet.beginRun();
    Instant zero = Instant.now();
    OpenLoopUploader uploader =
        new OpenLoopUploader(services.address(), Map.of(), images, Duration.ofMinutes(3));
    BackgroundUpload uploads = BackgroundUpload.start(uploader, arrivals, seconds, 1, progress);
    LocalMetrics metrics = new LocalMetrics();
    View view = new View(metrics);
    List<Calibration.Moment> curve = new ArrayList<>();
    double scrape = 0;
    double sample = 0;
    double last = seconds + drain.toSeconds();
    while (true) {
      double now = fleet.seconds();
      fleet.look();
      if (now >= scrape) {
        metrics.scraped(services.queue().statistics());
        scrape += scrapeSeconds;
      }
      long backlog = -1;
      if (now >= sample) {
        backlog = services.queue().statistics().totalBacklog();
        curve.add(new Calibration.Moment(now, fleet.wanted().last(), fleet.readyCount(), backlog));
        sample += CURVE_SECONDS;
      }
      if (now >= scaler.nextSeconds()) {
        fleet.scaleTo(scaler.decide(view));
      }
      if (now > last || (uploads.isDone() && now >= seconds && backlog == 0)) {
        break;
      }
      Thread.sleep(TICK_MILLIS);
    }
    return result(uploads.accepted(), zero, seconds, curve);
  }

  private RealRun result(
      List<Accepted> uploads, Instant zero, double seconds, List<Calibration.Moment> curve) {
    List<JobTimes> jobs = JobTimes.ofDone(services.queue(), uploads, zero);
    double end = jobs.stream().mapToDouble(JobTimes::ended).max().orElse(0);
    end = Math.max(seconds, end);
    return new RealRun(
        seconds,
        end,
        jobs,
        uploads.size() - jobs.size(),
        podSeconds(end),
        fleet.wanted(),
        fleet.supply(),
        curve);
  }

  private double podSeconds(double end) {
    double sum = 0;
    for (WorkerProcess worker : fleet.all()) {
      double until = worker.hasEnded() ? Math.min(end, worker.endedAt()) : end;
      sum += Math.max(0, until - Math.max(0, worker.startedAt()));
    }
    return sum;
  }

  private final class View implements ClusterView {
    private final LocalMetrics metrics;

    View(LocalMetrics metrics) {
      this.metrics = metrics;
    }

    @Override
    public double seconds() {
      return fleet.seconds();
    }

    @Override
    public int specReplicas() {
      return (int) fleet.wanted().last();
    }

    @Override
    public int statusReplicas() {
      return fleet.active().size();
    }

    @Override
    public List<PodStatus> pods() {
      return fleet.pods();
    }

    @Override
    public MetricsSource metrics() {
      return metrics;
    }
  }
}
