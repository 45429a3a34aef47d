package io.thumbnailer.scalinglab.cluster;

import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.scalinglab.local.JobTimes;
import io.thumbnailer.scalinglab.record.ClusterRow;
import io.thumbnailer.scalinglab.record.Recorder;
import io.thumbnailer.scalinglab.study.Progress;
import io.thumbnailer.scalinglab.upload.BackgroundUpload;
import io.thumbnailer.scalinglab.upload.ImageMix;
import io.thumbnailer.scalinglab.upload.OpenLoopUploader;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Uploads a load to a cluster, records the cluster meanwhile, and reads the jobs from its queue.
 */
public final class ClusterLoad {
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
   * @throws IOException if uploads fail ({@link BackgroundUpload#accepted}), or a job is not done
   *     10 minutes after the load
   */
  public ClusterRun run(
      double[] arrivals, double seconds, ImageMix images, long seed, Progress progress)
      throws InterruptedException, IOException {
    began = Instant.now();
    OpenLoopUploader uploader =
        new OpenLoopUploader(ingest, Map.of(), images, Duration.ofMinutes(1));
    BackgroundUpload uploads = BackgroundUpload.start(uploader, arrivals, seconds, seed, progress);
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
    return new ClusterRun(rows, JobTimes.ofDone(queue, uploads.accepted(), began));
  }

  /** When the latest run began. */
  Instant began() {
    return began;
  }

  private long millis() {
    return Duration.between(began, Instant.now()).toMillis();
  }
}
