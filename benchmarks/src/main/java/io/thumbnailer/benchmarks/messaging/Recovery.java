package io.thumbnailer.benchmarks.messaging;

import io.thumbnailer.messaging.MessageConsumer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/** How long a message waits for its next consumer after SIGKILL ended the first. */
final class Recovery {
  private static final int AT_A_TIME = 5;
  private static final long LONGEST_WORK_MILLIS = 10_000;
  private static final double NANOS = 1e9;

  private final String redis;

  Recovery(String redis) {
    this.redis = redis;
  }

  /** Seconds for each of so many kills, in ascending order. */
  double[] measure(int kills) throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      List<Future<Double>> times = new ArrayList<>();
      for (int i = 0; i < kills; i++) {
        String destination = "recovery-" + i;
        times.add(executor.submit(() -> once(destination)));
      }
      double[] seconds = new double[kills];
      for (int i = 0; i < kills; i++) {
        seconds[i] = times.get(i).get();
      }
      Arrays.sort(seconds);
      return seconds;
    } finally {
      executor.shutdownNow();
    }
  }

  private double once(String destination) throws IOException, InterruptedException {
    try (ThumbnailerQueue queue = new ThumbnailerQueue(redis, destination)) {
      double unused = queue.send(1, 1);
      Process holder =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElse("java"),
                  "-Xmx64m",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  HeldMessage.class.getName(),
                  redis,
                  destination)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      awaitTaken(holder);
      Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_WORK_MILLIS));
      ExecutorService executor = Executors.newSingleThreadExecutor();
      CountDownLatch taken = new CountDownLatch(1);
      try (MessageConsumer next = queue.consumer(1, executor)) {
        next.start(
            delivery -> {
              taken.countDown();
              delivery.acknowledge("");
            });
        holder.destroyForcibly();
        long killed = System.nanoTime();
        taken.await();
        return (System.nanoTime() - killed) / NANOS;
      } finally {
        executor.shutdown();
      }
    }
  }

  private static void awaitTaken(Process holder) throws IOException {
    BufferedReader output = holder.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    while (line != null && !line.equals("TAKEN")) {
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("the consumer ended before it took the message");
    }
  }
}
