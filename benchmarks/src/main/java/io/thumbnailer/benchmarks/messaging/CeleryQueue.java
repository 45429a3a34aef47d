package io.thumbnailer.benchmarks.messaging;

import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Celery with late acknowledgement and its default pool of processes, all else as it comes. */
final class CeleryQueue implements Queue {
  private static final double NANOS = 1e9;
  private static final String PYTHON = "/usr/bin/python3"; // Debian's, which has Debian's packages

  private final String redis;
  private final Path directory;
  private final RedisCommands<String, String> commands;

  CeleryQueue(String redis, Path directory, RedisCommands<String, String> commands) {
    this.redis = redis;
    this.directory = directory;
    this.commands = commands;
  }

  @Override
  public String name() {
    return "Celery";
  }

  @Override
  public boolean scripted() {
    return false;
  }

  @Override
  public double send(int messages, int threads) throws IOException, InterruptedException {
    Process sender =
        start(
            ProcessBuilder.Redirect.PIPE,
            List.of(
                "celery_side.py", "send", Integer.toString(messages), Integer.toString(threads)));
    String seconds =
        new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (sender.waitFor() != 0) {
      throw new IOException("Celery could not send");
    }
    return Double.parseDouble(seconds);
  }

  @Override
  public double drain(int messages, int concurrency) throws IOException, InterruptedException {
    Process worker =
        start(
            ProcessBuilder.Redirect.DISCARD,
            List.of(
                "-m",
                "celery",
                "-A",
                "celery_side",
                "worker",
                "--loglevel",
                "ERROR",
                "--without-gossip",
                "--without-mingle",
                "--concurrency",
                Integer.toString(concurrency)));
    try {
      awaitFewerThan(messages, worker);
      long began = System.nanoTime();
      awaitFewerThan(1, worker);
      return (System.nanoTime() - began) / NANOS;
    } finally {
      worker.destroy();
      if (!worker.waitFor(20, TimeUnit.SECONDS)) {
        worker.destroyForcibly();
      }
    }
  }

  private void awaitFewerThan(int messages, Process worker)
      throws IOException, InterruptedException {
    while (commands.llen("celery") + commands.hlen("unacked") >= messages) {
      if (!worker.isAlive()) {
        throw new IOException("Celery's worker ended by itself");
      }
      Thread.sleep(10);
    }
  }

  private Process start(ProcessBuilder.Redirect output, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(new File(directory.toString()))
            .redirectOutput(output)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("BENCHMARK_REDIS", redis);
    builder.environment().put("BENCHMARK_TEXT", Integer.toString(TEXT));
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    return builder.start();
  }
}
