package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thumbnailer.cli.files.InputFile;
import io.thumbnailer.cli.files.ThumbnailFiles;
import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.ExitCode;
import io.thumbnailer.cli.service.Service;
import io.thumbnailer.cli.terminal.Output;
import io.thumbnailer.cli.terminal.StyledText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Uploads many files, several at a time, and follows as many jobs at a time, so that neither waits
 * for the other and the request rate is bounded.
 */
final class UploadRun {
  private static final String NOT_SENT = "not-sent";

  private final Service service;
  private final Plan plan;
  private final Output output;
  private final UploadTally tally;
  private final JobFollower follower;
  private final Optional<ThumbnailDownload> download;
  private final AtomicReference<CliException> obstacle = new AtomicReference<>();
  private final Set<String> hints = new TreeSet<>();
  // jobs whose result was not printed, by the displayed file name
  private final Map<String, JsonNode> pending = new ConcurrentHashMap<>();

  /**
   * The options for every file.
   *
   * @param fields of the upload form
   * @param follow whether to wait for the end of the jobs
   * @param out where thumbnails are saved
   * @param timeout for a job
   */
  record Plan(
      Map<String, String> fields, boolean follow, Optional<ThumbnailFiles> out, Duration timeout) {}

  UploadRun(Service service, Plan plan, Output output, UploadTally tally) {
    this.service = service;
    this.plan = plan;
    this.output = output;
    this.tally = tally;
    this.follower = new JobFollower(service, plan.timeout());
    this.download = plan.out().map(files -> new ThumbnailDownload(service, files));
  }

  /** Uploads all files and reports each result. Returns the most serious failure. */
  ExitCode run(List<InputFile> files, int parallel) throws InterruptedException {
    ExecutorService senders = Executors.newFixedThreadPool(parallel);
    ExecutorService followers = Executors.newFixedThreadPool(parallel);
    try {
      List<CompletableFuture<ExitCode>> results = new ArrayList<>();
      for (InputFile file : files) {
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
    }
  }

  /** The hints for the failures, each once. */
  synchronized List<String> hints() {
    return List.copyOf(hints);
  }

  /** Prints, for programs, the state of files whose results are pending. */
  void reportPending() {
    pending.forEach((file, job) -> output.result(result(file, job, List.of()), new StyledText()));
  }

  private JsonNode send(InputFile file) throws CliException, InterruptedException {
    CliException hopeless = obstacle.get();
    if (hopeless != null) {
      tally.unsent();
      throw new CliException(
          hopeless.exitCode(), NOT_SENT, "not sent, as another file failed: " + hopeless.text());
    }
    tally.begins();
    AtomicLong sent = new AtomicLong();
    try {
      if (!Files.isRegularFile(file.path()) || !Files.isReadable(file.path())) {
        throw new CliException(
            ExitCode.FAILED,
            "unreadable-file",
            Files.exists(file.path()) ? "it cannot be read" : "there is no such file");
      }
      JsonNode job =
          service.upload(
              file.path(),
              file.filename(),
              plan.fields(),
              bytes -> {
                sent.addAndGet(bytes);
                tally.sentBytes(bytes);
              });
      tally.accepted(job.path("id").asText());
      if (plan.follow()) {
        pending.put(file.shown(), job);
        output.note("accepted  " + job.path("id").asText() + "  " + file.shown());
      }
      return job;
    } catch (CliException e) {
      tally.sentBytes(-sent.get());
      tally.refused();
      if (e.concernsAllRequests()) {
        obstacle.compareAndSet(null, e);
      }
      throw e;
    }
  }

  private ExitCode follow(InputFile file, JsonNode accepted)
      throws CliException, InterruptedException {
    if (!plan.follow()) {
      output.result(result(file.shown(), accepted, List.of()), JobText.of(accepted, file.shown()));
      return ExitCode.OK;
    }
    try {
      String id = accepted.path("id").asText();
      JsonNode job = follower.awaitEnd(id);
      boolean well = !JobText.hasFailed(job);
      List<Path> saved =
          well && download.isPresent()
              ? download.get().save(job, file.target(), Set.of())
              : List.of();
      tally.ended(id, well, saved.size());
      report(file.shown(), job, saved);
      return well ? ExitCode.OK : ExitCode.FAILED;
    } catch (CliException e) {
      tally.unknown();
      throw e;
    } finally {
      pending.remove(file.shown());
    }
  }

  private void report(String file, JsonNode job, List<Path> saved) {
    StyledText text = JobText.of(job, file);
    output.result(
        result(file, job, saved), saved.isEmpty() ? text : text.add("  saved: " + saved.size()));
  }

  private static ObjectNode result(String file, JsonNode job, List<Path> saved) {
    ObjectNode result = JsonNodeFactory.instance.objectNode().put("file", file);
    result.set("job", job);
    ArrayNode paths = result.putArray("saved");
    saved.forEach(path -> paths.add(path.toString()));
    return result;
  }

  private ExitCode failed(InputFile file, Throwable problem) {
    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
    if (!(cause instanceof CliException known)) {
      throw new IllegalStateException("failed at " + file.shown(), cause);
    }
    synchronized (this) {
      known.hint().ifPresent(hints::add);
    }
    if (output.isJson()
        || !known.code().equals(NOT_SENT)) { // users see their number in the summary
      output.failure(known.describe("file", file.shown()), file.shown() + ": " + known.text());
    }
    return known.exitCode();
  }

  /** Adapts a step that may fail to a future. */
  @FunctionalInterface
  private interface Step<T> {
    T take() throws CliException, InterruptedException;
  }

  private static <T> T checked(Step<T> step) {
    try {
      return step.take();
    } catch (CliException e) {
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }
}
