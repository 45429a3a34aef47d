package io.thumbnailer.ingest.job.events;

import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobStatus;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.MessageChange;
import io.thumbnailer.messaging.MessageState;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The jobs that have open streams. Only the watcher's thread changes it.
 *
 * <p>Methods throw {@link io.thumbnailer.messaging.MessagingException} or {@link
 * io.thumbnailer.storage.StorageException} if a job cannot be read; the next round reads it again.
 */
final class JobStreams {
  private final JobStore jobs;
  private final Jsonb json = JsonbBuilder.create();
  private final Map<JobId, WatchedJob> watched = new HashMap<>();
  private final AtomicInteger open = new AtomicInteger();

  JobStreams(JobStore jobs) {
    this.jobs = jobs;
  }

  /** The number of open streams; any thread may call this. */
  int open() {
    return open.get();
  }

  /** Counts a stream that is going to be added; any thread may call this. */
  void opened() {
    open.incrementAndGet();
  }

  boolean empty() {
    return watched.isEmpty();
  }

  /** Adds a stream and sends it the job's current state. */
  void add(JobId id, EventStream stream, Sse sse) {
    watched.computeIfAbsent(id, unused -> new WatchedJob(sse, json)).add(stream);
    refresh(id);
  }

  /** Sends a change to the streams of the job. */
  void apply(MessageChange change) {
    Optional<JobId> id = JobId.parse(change.messageId()).filter(watched::containsKey);
    if (id.isEmpty()) {
      return;
    }
    WatchedJob job = watched.get(id.get());
    Optional<ThumbnailJob> known =
        change.state() == MessageState.REMOVED ? Optional.empty() : jobs.find(id.get());
    known.ifPresentOrElse(
        now -> job.show(now.at(JobStatus.of(change.state()), change.deliveryCount(), change.at())),
        job::removed);
    drop(id.get());
  }

  /** Reads all watched jobs again. */
  void refreshAll() {
    List.copyOf(watched.keySet()).forEach(this::refresh);
  }

  private void refresh(JobId id) {
    WatchedJob job = watched.get(id);
    jobs.find(id).ifPresentOrElse(job::show, job::removed);
    drop(id);
  }

  /** Sends heartbeats and removes closed streams. */
  void goRound(Duration lifetime) {
    long oldest = System.nanoTime() - lifetime.toNanos();
    for (JobId id : List.copyOf(watched.keySet())) {
      watched.get(id).heartbeat();
      watched.get(id).expire(oldest);
      drop(id);
    }
  }

  void closeAll() {
    watched.values().forEach(WatchedJob::end);
  }

  private void drop(JobId id) {
    WatchedJob job = watched.get(id);
    open.addAndGet(-job.drop());
    if (job.size() == 0) {
      watched.remove(id);
    }
  }
}
