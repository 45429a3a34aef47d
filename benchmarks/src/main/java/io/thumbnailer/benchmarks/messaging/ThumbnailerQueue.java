package io.thumbnailer.benchmarks.messaging;

import io.thumbnailer.messaging.ConsumerOptions;
import io.thumbnailer.messaging.Destination;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageConsumer;
import io.thumbnailer.messaging.MessageProducer;
import io.thumbnailer.messaging.RetryPolicy;
import io.thumbnailer.messaging.redis.RedisMessagingContext;
import io.thumbnailer.messaging.redis.RedisSettings;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Our own queue, with the settings that workers have. */
final class ThumbnailerQueue implements Queue, AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final double NANOS = 1e9;

  private final RedisMessagingContext context;
  private final Destination destination;

  ThumbnailerQueue(String redis, String destination) {
    this.destination = new Destination(destination);
    this.context =
        RedisMessagingContext.connect(
            new RedisSettings(
                redis,
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                "benchmark",
                Duration.ofDays(1),
                Duration.ofDays(1)));
  }

  @Override
  public String name() {
    return "Thumbnailer";
  }

  @Override
  public boolean scripted() {
    return true;
  }

  @Override
  public double send(int messages, int threads) throws InterruptedException {
    MessageProducer producer = context.createProducer(destination);
    String text = "x".repeat(TEXT);
    long began = System.nanoTime();
    Thread[] senders = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      senders[i] =
          new Thread(
              () -> {
                for (int sent = 0; sent < messages / threads; sent++) {
                  var unused = producer.send(Message.of(UUID.randomUUID().toString(), text));
                }
              });
      senders[i].start();
    }
    for (Thread sender : senders) {
      sender.join();
    }
    return (System.nanoTime() - began) / NANOS;
  }

  @Override
  public double drain(int messages, int concurrency) throws InterruptedException {
    CountDownLatch left = new CountDownLatch(messages);
    AtomicLong began = new AtomicLong();
    ExecutorService executor = Executors.newFixedThreadPool(concurrency);
    try (MessageConsumer consumer = consumer(concurrency, executor)) {
      consumer.start(
          delivery -> {
            began.compareAndSet(0, System.nanoTime());
            delivery.acknowledge("");
            left.countDown();
          });
      left.await();
      return (System.nanoTime() - began.get()) / NANOS;
    } finally {
      executor.shutdown();
    }
  }

  MessageConsumer consumer(int capacity, ExecutorService executor) {
    RetryPolicy retries = new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofMinutes(1));
    return context.createConsumer(
        destination,
        new ConsumerOptions(
            UUID.randomUUID().toString(), capacity, executor, HEARTBEAT, LEASE, retries));
  }

  @Override
  public void close() {
    context.close();
  }
}
