package io.thumbnailer.scalinglab.upload;

import io.thumbnailer.scalinglab.study.Progress;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Uploads a load on another thread, so that the caller can watch the workers meanwhile. */
public final class BackgroundUpload {
  /** Some connections may break; only the accepted jobs are simulated. */
  private static final double MOST_FAILED = 0.01;

  private final CompletableFuture<UploadResult> result;

  private BackgroundUpload(CompletableFuture<UploadResult> result) {
    this.result = result;
  }

  /**
   * Starts to upload.
   *
   * @param arrivals seconds from now, ascending
   * @param seconds in which they are due
   * @param seed of the images
   */
  public static BackgroundUpload start(
      OpenLoopUploader uploader, double[] arrivals, double seconds, long seed, Progress progress) {
    return new BackgroundUpload(
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return uploader.run(arrivals, seconds, seed, progress);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
              }
            }));
  }

  /** Whether all uploads have a response. */
  public boolean isDone() {
    return result.isDone();
  }

  /**
   * Waits for the responses, and returns the accepted uploads.
   *
   * @throws IOException if more uploads failed than 1 % of those that were accepted
   */
  public List<Accepted> accepted() throws IOException {
    UploadResult uploads = result.join();
    long failed = uploads.errors().values().stream().mapToLong(Number::longValue).sum();
    if (failed > MOST_FAILED * uploads.accepted().size()) {
      throw new IOException("uploads failed: " + uploads.errors());
    }
    return uploads.accepted();
  }
}
