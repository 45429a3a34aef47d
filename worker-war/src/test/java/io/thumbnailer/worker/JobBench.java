package io.thumbnailer.worker;

import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.RedisServer;
import io.thumbnailer.devservices.S3Server;
import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.job.JobDeletion;
import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobKeys;
import io.thumbnailer.job.JobSubmission;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.ConsumerOptions;
import io.thumbnailer.messaging.MessageConsumer;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.messaging.RetryPolicy;
import io.thumbnailer.messaging.redis.RedisMessagingContext;
import io.thumbnailer.messaging.redis.RedisSettings;
import io.thumbnailer.resilience.PostponedTasks;
import io.thumbnailer.storage.ObjectInfo;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.S3ObjectStore;
import io.thumbnailer.storage.S3Settings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import javax.imageio.ImageIO;

/** A real Redis and a real S3 server with all components that use them, except Liberty. */
public final class JobBench implements AutoCloseable {
  static final String BUCKET = "thumbnails";

  private static final Duration LEASE = Duration.ofSeconds(2);
  private final PostponedTasks postponed =
      new PostponedTasks(100, Set.of(MessagingException.class), Duration.ofMillis(100));

  private final RedisServer redis;
  private final S3Server s3;
  private final S3ObjectStore objects;
  private final MessagingContext messaging;
  private final Path image;
  private final ScratchDirectory scratch;
  private final CountingRecorder recorder = new CountingRecorder(Optional.empty());
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "job");
            thread.setDaemon(true);
            return thread;
          });

  private JobBench(RedisServer redis, S3Server s3, Path image, ScratchDirectory scratch) {
    this.redis = redis;
    this.s3 = s3;
    this.image = image;
    this.scratch = scratch;
    this.objects = objects(s3.endpoint());
    this.messaging = messaging(redis.uri());
  }

  public static JobBench start(Path directory) {
    S3Server s3 =
        S3Server.start(LocalPort.free(), directory.resolve("s3"), "access", "secret-of-the-test");
    s3.createBucket(BUCKET);
    return new JobBench(
        RedisServer.start(LocalPort.free(), directory.resolve("redis")),
        s3,
        image(directory),
        scratch(directory));
  }

  private static ScratchDirectory scratch(Path directory) {
    try {
      return ScratchDirectory.open(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A tiny image: the tests are about the life of a job, not its pixels. */
  private static Path image(Path directory) {
    try {
      BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
      image.setRGB(7, 7, 0xFF8800);
      Path file = directory.resolve("image.png");
      ImageIO.write(image, "png", file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static S3ObjectStore objects(URI endpoint) {
    return S3ObjectStore.open(
        S3Settings.of(
                BUCKET,
                Optional.of("us-east-1"),
                Optional.of(endpoint),
                Optional.of(new S3Settings.Credentials("access", "secret-of-the-test")))
            .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(12), 2));
  }

  public static MessagingContext messaging(URI redis) {
    return RedisMessagingContext.connect(
        new RedisSettings(
            redis.toString(),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            "bench",
            Duration.ofHours(1),
            Duration.ofDays(1)));
  }

  public static ThumbnailListener listener(
      ScratchDirectory scratch,
      ObjectStore objects,
      MessagingContext messaging,
      JobRecorder recorder) {
    return new ThumbnailListener(
        scratch,
        objects,
        new ThumbnailRenderer(
            new PixelBudget(1_000_000), new DecodeMemoryBudget(256L << 20), Duration.ofSeconds(30)),
        deletion(objects, messaging),
        recorder,
        ForkJoinPool.commonPool());
  }

  public static JobDeletion deletion(ObjectStore objects, MessagingContext messaging) {
    return new JobDeletion(
        messaging.createBrowser(ThumbnailJob.QUEUE),
        messaging.deadLetters(ThumbnailJob.QUEUE),
        objects);
  }

  public static ConsumerOptions options(
      String name, int capacity, ExecutorService threads, int maxAttempts) {
    return new ConsumerOptions(
        name,
        capacity,
        threads,
        Duration.ofMillis(500),
        LEASE,
        new RetryPolicy(maxAttempts, Duration.ofMillis(200), Duration.ofSeconds(2)));
  }

  public RedisServer redis() {
    return redis;
  }

  S3Server s3() {
    return s3;
  }

  public S3ObjectStore objects() {
    return objects;
  }

  public MessagingContext messaging() {
    return messaging;
  }

  public int rendered() {
    return recorder.rendered();
  }

  public MessageConsumer consumer(String name) {
    MessageConsumer consumer =
        messaging.createConsumer(ThumbnailJob.QUEUE, options(name, 2, threads, 5));
    consumer.start(listener(scratch, objects, messaging, recorder));
    return consumer;
  }

  public JobDescription submit() {
    JobDescription job = describe();
    new JobSubmission(objects, messaging.createProducer(ThumbnailJob.QUEUE), postponed, Map::of)
        .submit(job, image);
    return job;
  }

  /** Submits a job through another connection to the storage. */
  public JobDescription submit(ObjectStore through) {
    return submit(through, image);
  }

  /** A job whose file need not match its description. */
  JobDescription submit(ObjectStore through, Path file) {
    JobDescription job = describe();
    new JobSubmission(through, messaging.createProducer(ThumbnailJob.QUEUE), postponed, Map::of)
        .submit(job, file);
    return job;
  }

  public void putOriginal(JobDescription job) {
    objects.put(JobKeys.original(job.id()), image, "image/png", job.toProperties());
  }

  private JobDescription describe() {
    return new JobDescription(
        JobId.next(),
        "image.png",
        image.toFile().length(),
        ImageFormat.PNG,
        40,
        30,
        "0".repeat(64),
        List.of(
            Rendition.parse("small", "16x16,fit,jpeg,q=80"),
            Rendition.parse("large", "32x32,fit,jpeg,q=80")),
        Priority.NORMAL);
  }

  public void flushAll() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(5);
      if (!new String(answer, StandardCharsets.US_ASCII).startsWith("+OK")) {
        throw new IllegalStateException("Redis did not forget");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void clearObjects() {
    for (ObjectInfo object : objects.list("", Optional.empty(), 1000).objects()) {
      objects.delete(object.key());
    }
  }

  @Override
  public void close() {
    postponed.close();
    messaging.close();
    objects.close();
    threads.shutdownNow();
    try {
      scratch.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    redis.stop();
    s3.stop();
  }
}
