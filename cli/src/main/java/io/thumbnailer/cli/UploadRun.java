package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many uploads: some are sent at a time, and as many jobs are followed at a time, so that neither
 * waits for the other and the server is asked at a bounded rate.
 */
final class UploadRun {
  private static final long FIRST_POLL_MILLIS = 250;
  private static final long LONGEST_POLL_MILLIS = 2000;

  private final Service service;
  private final Plan plan;
  private final Output output;
  private final ProgressBar bar;

  /**
   * What is done with every file.
   *
   * @param fields of the upload form
   * @param follow whether to wait for the end of the jobs
   * @param out where thumbnails are saved
   * @param timeout for a job, from its acceptance
   */
  record Plan(
      Map<String, String> fields, boolean follow, Optional<ThumbnailFiles> out, Duration timeout) {}

  UploadRun(Service service, Plan plan, Output output, ProgressBar bar) {
    this.service = service;
    this.plan = plan;
    this.output = output;
    this.bar = bar;
  }

  /** Does it all and reports each file as it ends. Returns the gravest failure. */
  ExitCode run(List<Path> files, int parallel) throws InterruptedException {
    ExecutorService senders = Executors.newFixedThreadPool(parallel);
    ExecutorService followers = Executors.newFixedThreadPool(parallel);
    try {
      List<CompletableFuture<ExitCode>> results = new ArrayList<>();
      for (Path file : files) {
        results.add(
            CompletableFuture.supplyAsync(() -> checked(() -> send(file)), senders)
                .thenApplyAsync(job -> checked(() -> follow(file, job)), followers)
                .handle((code, problem) -> problem == null ? code : failed(file, problem)));
      }
      ExitCode worst = ExitCode.OK;
      for (CompletableFuture<ExitCode> result : results) {
        worst = worst.worse(result.get());
      }
      return worst;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      senders.shutdownNow();
      followers.shutdownNow();
      bar.clear();
    }
  }

  private JsonNode send(Path file) throws ServiceException, InterruptedException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new ServiceException(ExitCode.FAILED, "unreadable-file", "it is no readable file");
    }
    AtomicLong sent = new AtomicLong();
    try {
      JsonNode job =
          service.upload(
              file,
              plan.fields(),
              bytes -> {
                sent.addAndGet(bytes);
                bar.sentBytes(bytes);
              });
      bar.accepted();
      return job;
    } catch (ServiceException e) {
      bar.sentBytes(-sent.get());
      throw e;
    }
  }

  private ExitCode follow(Path file, JsonNode accepted)
      throws ServiceException, InterruptedException {
    if (!plan.follow()) {
      report(file, accepted, List.of());
      return ExitCode.OK;
    }
    JsonNode job = awaitEnd(accepted.path("id").asText());
    List<Path> saved = JobText.hasFailed(job) ? List.of() : save(file, job);
    report(file, job, saved);
    return JobText.hasFailed(job) ? ExitCode.FAILED : ExitCode.OK;
  }

  private JsonNode awaitEnd(String id) throws ServiceException, InterruptedException {
    long deadline = System.nanoTime() + plan.timeout().toNanos();
    long pause = FIRST_POLL_MILLIS;
    while (true) {
      JsonNode job = service.job(id);
      if (JobText.hasEnded(job)) {
        return job;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new ServiceException(
            ExitCode.TIMED_OUT,
            "timed-out",
            "job %s has not ended within %d s; it goes on"
                .formatted(id, plan.timeout().toSeconds()));
      }
      Thread.sleep(pause);
      pause = Math.min(LONGEST_POLL_MILLIS, pause * 3 / 2);
    }
  }

  private List<Path> save(Path file, JsonNode job) throws ServiceException, InterruptedException {
    List<Path> saved = new ArrayList<>();
    if (plan.out().isPresent()) {
      for (Map.Entry<String, JsonNode> rendition : job.path("renditions").properties()) {
        JsonNode stored = rendition.getValue();
        saved.add(
            plan.out()
                .get()
                .save(
                    ThumbnailFiles.stem(file),
                    rendition.getKey(),
                    stored.path("contentType").asText(),
                    target ->
                        service.download(
                            job.path("id").asText(),
                            rendition.getKey(),
                            stored.path("bytes").asLong(),
                            target)));
      }
    }
    return saved;
  }

  private void report(Path file, JsonNode job, List<Path> saved) {
    ObjectNode result = JsonNodeFactory.instance.objectNode().put("file", file.toString());
    result.set("job", job);
    ArrayNode paths = result.putArray("saved");
    saved.forEach(path -> paths.add(path.toString()));
    bar.clear();
    output.result(
        result,
        file + "  " + JobText.of(job) + (saved.isEmpty() ? "" : "  saved: " + saved.size()));
    bar.ended(!JobText.hasFailed(job));
  }

  private ExitCode failed(Path file, Throwable problem) {
    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
    if (!(cause instanceof ServiceException known)) {
      throw new IllegalStateException("failed at " + file, cause);
    }
    bar.clear();
    output.failure(known.describe("file", file.toString()), file + ": " + known.getMessage());
    bar.ended(false);
    return known.exitCode();
  }

  /** A step that may fail, as a future wants it. */
  @FunctionalInterface
  private interface Step<T> {
    T take() throws ServiceException, InterruptedException;
  }

  private static <T> T checked(Step<T> step) {
    try {
      return step.take();
    } catch (ServiceException e) {
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }
}
