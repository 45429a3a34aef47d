package io.thumbnailer.scalinglab.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.redis.RedisMessagingContext;
import io.thumbnailer.messaging.redis.RedisSettings;
import io.thumbnailer.scalinglab.cluster.ClusterCalibration;
import io.thumbnailer.scalinglab.cluster.ClusterLoad;
import io.thumbnailer.scalinglab.cluster.ClusterRun;
import io.thumbnailer.scalinglab.load.LoadShape;
import io.thumbnailer.scalinglab.record.ClusterRecorder;
import io.thumbnailer.scalinglab.record.Recorder;
import io.thumbnailer.scalinglab.report.LabFiles;
import io.thumbnailer.scalinglab.upload.ImageMix;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a load on a cluster that scales by itself, or measures a worker there. */
@Command(
    name = "cluster",
    description =
        "Uploads a load to a cluster, records how it scales, and reads the times of each job from"
            + " its queue; 'compare' simulates the same jobs. cluster-runs does all of it.",
    mixinStandardHelpOptions = true)
final class ClusterCommand implements Callable<Integer> {
  private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RETENTION = Duration.ofDays(1);

  @Spec CommandSpec spec;
  @Mixin LoadOptions load;

  @Option(names = "--ingest", required = true, description = "Ingest's address.")
  URI ingest;

  @Option(
      names = "--redis",
      required = true,
      description = "The address of Redis, for example redis://:password@localhost:6379/0.")
  String redis;

  @Option(
      names = "--namespace",
      description = "Default: ${DEFAULT-VALUE}.",
      defaultValue = "thumbnailer")
  String namespace;

  @Option(
      names = "--images",
      description = "Sizes and weights of the images (default: ${DEFAULT-VALUE}).",
      defaultValue = "2400x1800.png:1")
  String images;

  @Option(
      names = "--period-seconds",
      description = "Seconds between two rows (default: ${DEFAULT-VALUE}).",
      defaultValue = "2")
  int periodSeconds;

  @Option(
      names = "--calibrate",
      description =
          "Measures the worker and writes worker.json. The autoscaler must keep exactly one worker.")
  boolean calibrate;

  @Option(
      names = "--cores",
      description = "With --calibrate: the CPU limit of the worker (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.3")
  double cores;

  @Option(
      names = "--boots",
      description = "With --calibrate: starts that are measured (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  int boots;

  @Option(
      names = "--cold-jobs",
      description = "With --calibrate: jobs of the cold worker (default: ${DEFAULT-VALUE}).",
      defaultValue = "1500")
  int coldJobs;

  @Option(
      names = "--warm-jobs",
      description = "With --calibrate: jobs of the warm worker (default: ${DEFAULT-VALUE}).",
      defaultValue = "300")
  int warmJobs;

  @Option(
      names = "--gap-seconds",
      description =
          "With --calibrate: time between two uploads, less than a job takes (default:"
              + " ${DEFAULT-VALUE}).",
      defaultValue = "0.2")
  double gapSeconds;

  @Option(
      names = "--name",
      description = "Name of the files of a run (default: ${DEFAULT-VALUE}).",
      defaultValue = "run")
  String name;

  @Option(
      names = "--out",
      paramLabel = "DIRECTORY",
      description = "Default: ${DEFAULT-VALUE}.",
      defaultValue = "scaling-lab/target/cluster")
  Path out;

  @Override
  public Integer call() throws Exception {
    RedisSettings settings =
        new RedisSettings(redis, REDIS_TIMEOUT, REDIS_TIMEOUT, "thumbnailer", RETENTION, RETENTION);
    try (KubernetesClient client = new KubernetesClientBuilder().build();
        RedisMessagingContext messaging = RedisMessagingContext.connect(settings)) {
      MessageBrowser queue = messaging.createBrowser(ThumbnailJob.QUEUE);
      Recorder recorder =
          new ClusterRecorder(client, namespace, "worker", () -> queue.statistics().totalBacklog());
      ClusterLoad uploads =
          new ClusterLoad(ingest, queue, recorder, Duration.ofSeconds(periodSeconds));
      if (calibrate) {
        ClusterCalibration calibration =
            new ClusterCalibration(client, namespace, uploads, recorder, this::say);
        new LabFiles(out)
            .writeJson(
                "worker.json",
                calibration.measure(
                    cores,
                    ImageMix.parse(images),
                    images,
                    boots,
                    coldJobs,
                    warmJobs,
                    gapSeconds,
                    Machine.describe()));
      } else {
        run(uploads);
      }
      return 0;
    } catch (KubernetesClientException e) {
      throw new IOException("cannot query the cluster: " + e.getMessage(), e);
    } catch (MessagingException e) {
      throw new IOException("cannot read the queue: " + e.getMessage(), e);
    }
  }

  private void run(ClusterLoad uploads) throws IOException, InterruptedException {
    LoadShape shape = load.loadShape();
    double[] arrivals = shape.arrivals(load.seconds, new SplittableRandom(load.seed));
    ClusterRun run =
        uploads.run(
            arrivals,
            load.seconds,
            ImageMix.parse(images),
            load.seed,
            new ConsoleProgress(System.err, Help.Ansi.AUTO.enabled()));
    run.write(new LabFiles(out), name);
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                "%s: %d jobs of %d done, p95 of the wait %.1f s, %.0f pod-seconds",
                name,
                run.jobs().size(),
                arrivals.length,
                run.waitSeconds(95),
                run.podSeconds(Math.max(load.seconds, run.lastEnd()))));
  }

  private void say(String line) {
    spec.commandLine().getErr().println(line);
  }
}
