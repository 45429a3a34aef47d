package io.thumbnailer.worker;

import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.storage.S3ObjectStore;
import io.thumbnailer.storage.StorageException;
import io.thumbnailer.worker.reconcile.Reconciler;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A worker in a separate process without Liberty: it starts in a second and can be killed. */
final class ChaosWorker {
  private ChaosWorker() {}

  /**
   * Works until it is killed. Arguments: Redis, S3, the file of the tally, jobs at a time, name.
   */
  public static void main(String[] arguments) throws Exception {
    int capacity = Integer.parseInt(arguments[3]);
    MessagingContext messaging = JobBench.messaging(URI.create(arguments[0]));
    S3ObjectStore objects = JobBench.objects(URI.create(arguments[1]));
    OutputStream tally =
        Files.newOutputStream(
            Path.of(arguments[2]), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    ExecutorService threads = Executors.newCachedThreadPool();
    messaging
        .createConsumer(ThumbnailJob.QUEUE, JobBench.options(arguments[4], capacity, threads, 5))
        .start(
            JobBench.listener(
                ScratchDirectory.open(Path.of(arguments[2]).getParent()),
                objects,
                messaging,
                new CountingRecorder(Optional.of(tally))));
    Reconciler reconciler =
        new Reconciler(
            objects,
            messaging.maintenance(ThumbnailJob.QUEUE),
            messaging.createProducer(ThumbnailJob.QUEUE),
            JobBench.deletion(objects, messaging),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2));
    while (true) {
      Thread.sleep(500);
      try {
        var unused = reconciler.reconcileWhenDue();
      } catch (MessagingException | StorageException e) {
        System.err.println("could not reconcile: " + e.getMessage());
      }
    }
  }
}
