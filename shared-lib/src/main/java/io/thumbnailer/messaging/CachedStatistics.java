package io.thumbnailer.messaging;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Statistics of one queue for many readers. At most one reader at a time queries the broker;
 * concurrent readers share its answer, so that none waits longer than one query. A failure is
 * cached as well, so that readers do not query a hanging broker one after the other.
 */
public final class CachedStatistics {
  private static final Duration FAILURE_KEPT = Duration.ofSeconds(1);

  private final MessageBrowser queue;
  private final Duration fresh;
  private final AtomicReference<CompletableFuture<Answer>> question = new AtomicReference<>();
  private volatile Answer latest;

  /** The broker's answer; {@code failure} is null if it answered. */
  private record Answer(QueueStatistics statistics, MessagingException failure, long until) {
    boolean valid() {
      return System.nanoTime() - until < 0;
    }

    QueueStatistics get() {
      if (failure != null) {
        throw new MessagingException(failure.getMessage(), failure);
      }
      return statistics;
    }
  }

  /**
   * Creates statistics of a queue.
   *
   * @param fresh how old an answer may be
   */
  public CachedStatistics(MessageBrowser queue, Duration fresh) {
    this.queue = queue;
    this.fresh = fresh;
  }

  /**
   * The statistics, not older than the freshness.
   *
   * @throws MessagingException if the broker could not be queried, now or within the last second
   */
  public QueueStatistics get() {
    Answer known = latest;
    if (known != null && known.valid()) {
      return known.get();
    }
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> theirs = question.compareAndExchange(null, mine);
    return theirs == null ? ask(mine).get() : await(theirs).get();
  }

  private Answer ask(CompletableFuture<Answer> mine) {
    try {
      Answer known = latest; // set by another reader in the meantime
      Answer answer = known != null && known.valid() ? known : answer();
      latest = answer;
      mine.complete(answer);
      return answer;
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      question.set(null);
    }
  }

  private Answer answer() {
    try {
      QueueStatistics statistics = queue.statistics();
      return new Answer(statistics, null, System.nanoTime() + fresh.toNanos());
    } catch (MessagingException e) {
      return new Answer(null, e, System.nanoTime() + FAILURE_KEPT.toNanos());
    }
  }

  private static Answer await(CompletableFuture<Answer> theirs) {
    try {
      return theirs.join();
    } catch (CompletionException e) {
      throw new MessagingException("the queue could not be queried", e.getCause());
    }
  }
}
