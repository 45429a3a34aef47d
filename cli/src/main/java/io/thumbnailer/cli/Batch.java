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

/**
 * Applies one step to many jobs, several at a time. The failure of one does not stop the others.
 */
final class Batch {
  private Batch() {}

  /** The step for one job. */
  @FunctionalInterface
  interface Step {
    ExitCode take(String id) throws CliException, InterruptedException;
  }

  /** Applies the step to each job and reports failures. Returns the most serious outcome. */
  static ExitCode run(List<String> ids, int parallel, Output output, Step step)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(parallel, ids.size()));
    try {
      List<Future<ExitCode>> outcomes = new ArrayList<>();
      for (String id : ids) {
        outcomes.add(threads.submit(() -> take(id, output, step)));
      }
      ExitCode worst = ExitCode.OK;
      for (Future<ExitCode> outcome : outcomes) {
        worst = worst.worse(outcome.get());
      }
      return worst;
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
