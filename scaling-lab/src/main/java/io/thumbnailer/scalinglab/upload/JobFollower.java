package io.thumbnailer.scalinglab.upload;

import io.thumbnailer.scalinglab.study.Progress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Polls each accepted job until it has ended. The time to the thumbnails is the sum of the upload's
 * time, measured here, and the job's time from acceptance to completion, by the server's clock. So
 * the clocks need not agree, and late polling costs no precision.
 */
public final class JobFollower {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final long HIGHEST_MILLIS = 24L * 3600 * 1000;

  private final URI target;
  private final Map<String, String> headers;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final JsonMapper json = JsonMapper.builder().build();

  /** Creates a follower for a deployment. */
  public JobFollower(URI target, Map<String, String> headers) {
    this.target = target;
    this.headers = Map.copyOf(headers);
  }

  /**
   * The results of the jobs.
   *
   * @param toThumbnails from when the upload was due to the thumbnails, milliseconds
   * @param done jobs with thumbnails
   * @param failed jobs that ended without
   * @param lost jobs that had not ended, or were not known, when time was up
   */
  public record Result(Histogram toThumbnails, int done, int failed, int lost) {}

  /**
   * Follows the jobs.
   *
   * @param limit after which a job that has not ended is lost
   * @throws InterruptedException if the thread is interrupted
   */
  public Result follow(List<Accepted> jobs, Duration limit, Progress progress)
      throws InterruptedException {
    Histogram toThumbnails = new Histogram(HIGHEST_MILLIS, 3);
    long deadline = System.nanoTime() + limit.toNanos();
    List<Accepted> open = new ArrayList<>(jobs);
    int failed = 0;
    progress.begin(jobs.size());
    while (!open.isEmpty()) {
      List<Accepted> still = new ArrayList<>();
      for (Accepted job : open) {
        JsonNode state = state(job.jobId());
        String status = state.path("status").asString("");
        if (status.equals("DONE")) {
          toThumbnails.recordValue(Math.min(HIGHEST_MILLIS, millis(job, state)));
          progress.step();
        } else if (status.equals("FAILED")) {
          failed++;
          progress.step();
        } else {
          still.add(job);
        }
      }
      open = still;
      if (open.isEmpty() || System.nanoTime() > deadline) {
        break;
      }
      Thread.sleep(PAUSE.toMillis());
    }
    progress.end();
    return new Result(toThumbnails, (int) toThumbnails.getTotalCount(), failed, open.size());
  }

  private static long millis(Accepted job, JsonNode state) {
    Duration work =
        Duration.between(
            Instant.parse(state.path("createdAt").asString()),
            Instant.parse(state.path("completedAt").asString()));
    return Math.max(0, Math.round(job.uploadSeconds() * 1000) + work.toMillis());
  }

  /** An invalid response counts as "not ended": the job is requested again. */
  private JsonNode state(String jobId) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve("/jobs/" + jobId)).timeout(Duration.ofSeconds(10));
    headers.forEach(request::header);
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? json.readTree(answer.body()) : json.createObjectNode();
    } catch (IOException | JacksonException e) {
      return json.createObjectNode();
    }
  }
}
