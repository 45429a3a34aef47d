package io.thumbnailer.cli;

import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.ExitCode;
import io.thumbnailer.cli.terminal.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same step for many jobs, some at a time. A failure of one does not stop the others. */
final class Batch {
  private Batch() {}

  /** What is done with one job. */
  @FunctionalInterface
  interface Step {
    ExitCode take(String id) throws CliException, InterruptedException;
  }

  /** Takes the step for each, and reports failures. Returns the gravest outcome. */
  static ExitCode run(List<String> ids, int parallel, Output output, Step step)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(parallel, ids.size()));
    try {
      List<Future<ExitCode>> outcomes = new ArrayList<>();
      for (String id : ids) {
        outcomes.add(threads.submit(() -> take(id, output, step)));
      }
      ExitCode gravest = ExitCode.OK;
      for (Future<ExitCode> outcome : outcomes) {
        gravest = gravest.worse(outcome.get());
      }
      return gravest;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static ExitCode take(String id, Output output, Step step) throws InterruptedException {
    try {
      return step.take(id);
    } catch (CliException e) {
      output.failure(e.describe("id", id), id + ": " + e.text());
      return e.exitCode();
    }
  }
}
