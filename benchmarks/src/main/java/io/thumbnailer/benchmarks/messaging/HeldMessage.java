package io.thumbnailer.benchmarks.messaging;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A consumer in a separate process that takes one message and never completes it. */
final class HeldMessage {
  private HeldMessage() {}

  /** Arguments: Redis, destination. Prints TAKEN once it holds the message. */
  public static void main(String[] arguments) throws InterruptedException {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    var consumer = new ThumbnailerQueue(arguments[0], arguments[1]).consumer(1, executor);
    consumer.start(
        delivery -> {
          System.out.println("TAKEN");
          Thread.sleep(Long.MAX_VALUE);
        });
    Thread.currentThread().join();
  }
}
