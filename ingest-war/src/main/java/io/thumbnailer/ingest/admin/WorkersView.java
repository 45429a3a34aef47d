package io.thumbnailer.ingest.admin;

import io.thumbnailer.messaging.PresentConsumer;
import java.time.Instant;
import java.util.List;

/**
 * The running workers.
 *
 * @param workers by name
 */
public record WorkersView(List<Worker> workers) {
  static final String EXAMPLE =
      """
      {"workers":[
        {"name":"worker-7d9f-1","version":"0.1.0","capacity":2,"busy":1,
         "since":"2026-11-24T10:00:00.123Z","jobsPerMinute":118.4}]}\
      """;

  public WorkersView {
    workers = List.copyOf(workers);
  }

  /**
   * A worker.
   *
   * @param name its host, and a random part
   * @param version of its program; empty if unknown
   * @param capacity jobs that it can process at the same time
   * @param busy jobs that it is processing
   * @param since when it started
   * @param jobsPerMinute attempts ended in the last minute; updated every few seconds
   */
  public record Worker(
      String name, String version, int capacity, int busy, Instant since, double jobsPerMinute) {}

  static WorkersView of(List<PresentConsumer> consumers) {
    return new WorkersView(
        consumers.stream()
            .map(
                c ->
                    new Worker(
                        c.name(),
                        c.version(),
                        c.capacity(),
                        c.busy(),
                        c.since(),
                        Math.round(c.endedPerMinute() * 10) / 10.0))
            .toList());
  }
}
