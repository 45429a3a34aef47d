package io.thumbnailer.scalinglab.cluster;

import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.scalinglab.local.JobTimes;
import io.thumbnailer.scalinglab.record.ClusterRow;
import io.thumbnailer.scalinglab.record.Recorder;
import io.thumbnailer.scalinglab.study.Progress;
import io.thumbnailer.scalinglab.upload.Accepted;
import io.thumbnailer.scalinglab.upload.ImageMix;
import io.thumbnailer.scalinglab.upload.OpenLoopUploader;
import io.thumbnailer.scalinglab.upload.UploadResult;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Uploads a load to a cluster, records the cluster meanwhile, and reads the jobs from its queue.
 */
public final class ClusterLoad {
  private static final double MOST_FAILED = 0.01;
  private static final Duration DRAIN = Duration.ofMinutes(10);

  private final URI ingest;
  private final MessageBrowser queue;
  private final Recorder recorder;
  private final Duration period;
  private Instant began = Instant.EPOCH;

  /**
   * Creates a load for a cluster.
   *
   * @param ingest its address
   * @param period between two rows
   */
  public ClusterLoad(URI ingest, MessageBrowser queue, Recorder recorder, Duration period) {
    this.ingest = ingest;
    this.queue = queue;
    this.recorder = recorder;
    this.period = period;
  }

  /**
   * Uploads at the given times, and waits until all jobs are done.
   *
   * @param arrivals seconds from now, ascending
   * @param seconds the shortest length of the recording
   * @throws IOException if more than 1 % of the uploads fail, or a job is not done 10 minutes after
   *     the load
   */
  public ClusterRun run(
      double[] arrivals, double seconds, ImageMix images, long seed, Progress progress)
      throws InterruptedException, IOException {
    began = Instant.now();
    CompletableFuture<UploadResult> uploads =
        CompletableFuture.supplyAsync(() -> upload(arrivals, seconds, images, seed, progress));
    List<ClusterRow> rows = new ArrayList<>();
    while (true) {
      double now = millis() / 1000.0;
      rows.add(recorder.look(now));
      if (now > seconds + DRAIN.toSeconds()) {
        throw new IOException("jobs are not done " + DRAIN.toMinutes() + " minutes after the load");
      }
      if (now >= seconds && uploads.isDone() && queue.statistics().totalBacklog() == 0) {
        break;
      }
      Thread.sleep(Math.max(0, rows.size() * period.toMillis() - millis()));
    }
    List<JobTimes> jobs = new ArrayList<>();
    for (Accepted accepted : succeeded(uploads)) {
      queue
          .find(accepted.jobId())
          .flatMap(record -> JobTimes.of(record, began))
          .filter(JobTimes::done)
          .ifPresent(jobs::add);
    }
    return new ClusterRun(rows, jobs);
  }

  /** When the latest run began. */
  Instant began() {
    return began;
  }

  private UploadResult upload(
      double[] arrivals, double seconds, ImageMix images, long seed, Progress progress) {
    try {
      return new OpenLoopUploader(ingest, Map.of(), images, Duration.ofMinutes(1))
          .run(arrivals, seconds, seed, progress);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  private static List<Accepted> succeeded(CompletableFuture<UploadResult> uploads)
      throws IOException {
    UploadResult result = uploads.join();
    long failed = result.errors().values().stream().mapToLong(Number::longValue).sum();
    if (failed > MOST_FAILED * result.offered()) {
      throw new IOException("uploads failed: " + result.errors());
    }
    return result.accepted();
  }

  private long millis() {
    return Duration.between(began, Instant.now()).toMillis();
  }
}
