package io.thumbnailer.messaging;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Options of a consumer.
 *
 * @param name identifies the consumer; unique among running consumers, for example host name and a
 *     random part
 * @param capacity deliveries handled at the same time, at least 1
 * @param executor runs the listener; must be able to run {@code capacity} tasks at once
 * @param heartbeat how often a lease is renewed
 * @param leaseTime time without a renewal after which another consumer takes over; at least two
 *     heartbeats
 * @param retryPolicy how transient failures are retried
 * @param version of the program that consumes, for operators; empty when unknown
 */
public record ConsumerOptions(
    String name,
    int capacity,
    Executor executor,
    Duration heartbeat,
    Duration leaseTime,
    RetryPolicy retryPolicy,
    String version) {

  /** Creates options for a program of unknown version. */
  public ConsumerOptions(
      String name,
      int capacity,
      Executor executor,
      Duration heartbeat,
      Duration leaseTime,
      RetryPolicy retryPolicy) {
    this(name, capacity, executor, heartbeat, leaseTime, retryPolicy, "");
  }

  /** Throws {@link IllegalArgumentException} if a value is out of range. */
  public ConsumerOptions {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1");
    }
    if (leaseTime.compareTo(heartbeat.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException("the lease time must be at least two heartbeats");
    }
  }
}
