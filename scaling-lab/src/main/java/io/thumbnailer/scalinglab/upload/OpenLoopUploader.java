package io.thumbnailer.scalinglab.upload;

import io.thumbnailer.scalinglab.study.Progress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.ConcurrentHistogram;

/** Uploads images at given times. For a single use. */
public final class OpenLoopUploader {
  private static final String BOUNDARY = "scaling-lab-9f8e7d6c5b4a";
  private static final Pattern JOB = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");
  private static final long HIGHEST_MICROS = TimeUnit.HOURS.toMicros(1);

  /**
   * The maximum number of open uploads, to limit the memory of this machine; further ones count as
   * errors.
   */
  private static final int MOST_OPEN = 2000;

  private static final byte[] TAIL =
      ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII);

  private final URI target;
  private final Map<String, String> headers;
  private final ImageMix images;
  private final HttpClient http;
  private final Duration timeout;
  private final ConcurrentHistogram latency = new ConcurrentHistogram(HIGHEST_MICROS, 3);
  private final List<Accepted> accepted = new ArrayList<>();
  private final Map<String, Integer> errors = new TreeMap<>();
  private final Semaphore open = new Semaphore(MOST_OPEN);
  private final Phaser pending = new Phaser(1);
  private long began;

  /**
   * Creates an uploader for a deployment.
   *
   * @param target the address of ingest
   * @param headers sent with each upload, such as an access key
   * @param timeout for one upload
   */
  public OpenLoopUploader(
      URI target, Map<String, String> headers, ImageMix images, Duration timeout) {
    this.target = target.resolve("/upload");
    this.headers = Map.copyOf(headers);
    this.images = images;
    this.timeout = timeout;
    this.http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  }

  /**
   * Uploads at the given times and waits for all responses.
   *
   * @param arrivals seconds since now, ascending
   * @param loadSeconds in which they are due
   * @param seed of the images
   * @throws InterruptedException if the thread is interrupted; the rest is not sent
   */
  public UploadResult run(double[] arrivals, double loadSeconds, long seed, Progress progress)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    progress.begin(arrivals.length);
    began = System.nanoTime();
    for (double due : arrivals) {
      sleepUntil(due);
      send(due, images.draw(random));
      progress.step();
    }
    pending.awaitAdvanceInterruptibly(pending.arrive());
    progress.end();
    synchronized (this) {
      return new UploadResult(
          arrivals.length,
          Math.max(loadSeconds, seconds()),
          loadSeconds,
          latency.copy(),
          accepted,
          errors);
    }
  }

  private void sleepUntil(double due) throws InterruptedException {
    long at = began + (long) (due * 1e9);
    for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted during the load");
      }
    }
  }

  private void send(double due, TestImage image) {
    if (!open.tryAcquire()) {
      count("not sent: " + MOST_OPEN + " uploads without a response");
      return;
    }
    pending.register();
    var unused =
        http.sendAsync(request(image), HttpResponse.BodyHandlers.ofString())
            .whenComplete(
                (answer, failure) -> {
                  try {
                    answered(due, image, answer, failure);
                  } finally {
                    open.release();
                    pending.arriveAndDeregister();
                  }
                });
  }

  private HttpRequest request(TestImage image) {
    byte[] head =
        ("--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + image.fileName()
                + "\"\r\nContent-Type: "
                + image.contentType()
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(timeout)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(image.content().between(head, TAIL));
    headers.forEach(request::header);
    return request.build();
  }

  private void answered(
      double due, TestImage image, HttpResponse<String> answer, Throwable failure) {
    double took = seconds() - due;
    latency.recordValue(Math.min(HIGHEST_MICROS, Math.max(0, Math.round(took * 1e6))));
    if (failure != null) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      String message = cause.getMessage();
      count(cause.getClass().getSimpleName() + (message == null ? "" : ": " + message));
    } else if (answer.statusCode() != 202) {
      count("HTTP " + answer.statusCode());
    } else {
      Matcher id = JOB.matcher(answer.body());
      if (id.find()) {
        synchronized (this) {
          accepted.add(new Accepted(id.group(1), image.label(), due, took));
        }
      } else {
        count("HTTP 202 without a job");
      }
    }
  }

  private synchronized void count(String error) {
    errors.merge(error, 1, Integer::sum);
  }

  private double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }
}
