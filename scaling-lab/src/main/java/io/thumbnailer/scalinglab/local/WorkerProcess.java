package io.thumbnailer.scalinglab.local;

import io.thumbnailer.devservices.LibertyServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;

/** A worker server and its observed state; times are seconds since the run's start. */
final class WorkerProcess {
  private final String name;
  private final LibertyServer server;
  private final CpuQuota quota;
  private double startedAt;
  private double readyAt = Double.NaN;
  private double stoppedAt = Double.NaN;
  private double endedAt = Double.NaN;

  WorkerProcess(String name, LibertyServer server, CpuQuota quota, double startedAt)
      throws IOException {
    this.name = name;
    this.server = server;
    this.quota = quota;
    this.startedAt = startedAt;
    quota.hold(server.process());
  }

  /** Checks the process and, until it has been ready once, its readiness. */
  void look(HttpClient http, double now) throws InterruptedException {
    if (Double.isNaN(endedAt) && !server.isRunning()) {
      endedAt = now;
      quota.close();
    }
    if (Double.isNaN(readyAt) && Double.isNaN(endedAt) && isReady(http)) {
      readyAt = now;
    }
  }

  private boolean isReady(HttpClient http) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri().resolve("/health/ready"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Moves the clock's zero forward by the given number of seconds. */
  void shift(double seconds) {
    startedAt -= seconds;
    readyAt -= seconds;
    stoppedAt -= seconds;
    endedAt -= seconds;
  }

  /** Sends it SIGTERM, as Kubernetes does. */
  void stop(double now) {
    stoppedAt = now;
    server.requestStop();
  }

  /** Ends it and waits. */
  void end() {
    server.stop();
    quota.close();
  }

  /** CPU seconds used by the process and its children since its start. */
  double cpuSeconds() {
    return Stream.concat(Stream.of(server.process().toHandle()), server.process().descendants())
        .mapToDouble(
            process ->
                process.info().totalCpuDuration().map(d -> d.toNanos() / 1e9).orElse(Double.NaN))
        .sum();
  }

  String name() {
    return name;
  }

  double startedAt() {
    return startedAt;
  }

  double readyAt() {
    return readyAt;
  }

  double stoppedAt() {
    return stoppedAt;
  }

  double endedAt() {
    return endedAt;
  }

  boolean isReady() {
    return !Double.isNaN(readyAt);
  }

  boolean isStopping() {
    return !Double.isNaN(stoppedAt);
  }

  boolean hasEnded() {
    return !Double.isNaN(endedAt);
  }
}
