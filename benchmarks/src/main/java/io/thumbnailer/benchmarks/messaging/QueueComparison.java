package io.thumbnailer.benchmarks.messaging;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/** Measures both queues on one Redis, one after the other, and prints a table. */
final class QueueComparison {
  private static final int[] CONCURRENCY = {1, 8, 64};
  private static final int MESSAGES = 19_200; // divides by all of them
  private static final int WARM_UP = 6_400;
  private static final int WAITING = 100_000;
  private static final int KILLS = 20;
  private static final double MICROS = 1e6;
  private static final double MEGABYTE = 1e6;

  private final RedisCommands<String, String> redis;

  private QueueComparison(RedisCommands<String, String> redis) {
    this.redis = redis;
  }

  /** Argument: the directory of celery_side.py. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    Path data = Files.createTempDirectory("queue-comparison");
    try (RedisServer server = RedisServer.start(LocalPort.free(), data)) {
      String uri = server.uri().toString();
      RedisClient client = RedisClient.create(uri);
      try (StatefulRedisConnection<String, String> connection = client.connect();
          ThumbnailerQueue ours = new ThumbnailerQueue(uri, "jobs")) {
        QueueComparison comparison = new QueueComparison(connection.sync());
        Queue celery = new CeleryQueue(uri, Path.of(arguments[0]), connection.sync());
        System.out.println(
            "| queue | messages | concurrency | sent/s | taken and acknowledged/s"
                + " | commands a message | Redis CPU a message (µs) |\n"
                + "| --- | --- | --- | --- | --- | --- | --- |");
        for (Queue queue : List.of(ours, celery)) {
          comparison.rates(queue);
        }
        for (Queue queue : List.of(ours, celery)) {
          comparison.memory(queue);
        }
        double[] seconds = new Recovery(uri).measure(KILLS);
        System.out.printf(
            Locale.ROOT,
            "Thumbnailer: seconds from SIGKILL to the next consumer, %d kills: least %.1f,"
                + " median %.1f, most %.1f%n",
            KILLS,
            seconds[0],
            seconds[KILLS / 2],
            seconds[KILLS - 1]);
      } finally {
        client.shutdown();
      }
    }
  }

  private void rates(Queue queue) throws IOException, InterruptedException {
    double unused = queue.send(WARM_UP, CONCURRENCY[0]) + queue.drain(WARM_UP, CONCURRENCY[1]);
    for (int concurrency : CONCURRENCY) {
      redis.flushall();
      redis.configResetstat();
      RedisLoad before = RedisLoad.of(redis, queue.scripted());
      double sending = queue.send(MESSAGES, concurrency);
      double draining = queue.drain(MESSAGES, concurrency);
      RedisLoad after = RedisLoad.of(redis, queue.scripted());
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %d | %.0f | %.0f | %.2f | %.0f |%n",
          queue.name(),
          MESSAGES,
          concurrency,
          MESSAGES / sending,
          MESSAGES / draining,
          (after.requests() - before.requests()) / (double) MESSAGES,
          (after.cpuSeconds() - before.cpuSeconds()) * MICROS / MESSAGES);
    }
  }

  private void memory(Queue queue) throws IOException, InterruptedException {
    redis.flushall();
    long before = RedisLoad.of(redis, queue.scripted()).memory();
    double unused = queue.send(WAITING, 8);
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f MB of Redis for %d waiting messages%n",
        queue.name(),
        (RedisLoad.of(redis, queue.scripted()).memory() - before) / MEGABYTE,
        WAITING);
    redis.flushall();
  }
}
