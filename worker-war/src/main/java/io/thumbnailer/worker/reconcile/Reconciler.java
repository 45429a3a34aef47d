package io.thumbnailer.worker.reconcile;

import io.thumbnailer.job.JobDeletion;
import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobKeys;
import io.thumbnailer.job.StoredThumbnails;
import io.thumbnailer.log.LogContext;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageProducer;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.QueueMaintenance;
import io.thumbnailer.storage.ObjectInfo;
import io.thumbnailer.storage.ObjectPage;
import io.thumbnailer.storage.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reconciles the queue with object storage, which is the source of truth. Every original belongs to
 * a job that is not done: if the queue does not know the job, it is enqueued again; if the job is
 * finished, its original is deleted. One reconciler runs at a time across all workers; all its
 * actions are safe to repeat.
 */
public final class Reconciler {
  private static final System.Logger LOG = System.getLogger(Reconciler.class.getName());

  private static final String TASK = "reconcile";
  private static final int PAGE = 200;

  /** Time after which a silent reconciler loses its lease; a page takes much less. */
  private static final Duration HOLD = Duration.ofMinutes(1);

  private final ObjectStore objects;
  private final QueueMaintenance queue;
  private final MessageProducer producer;
  private final JobDeletion deletion;
  private final StoredThumbnails thumbnails;
  private final Duration interval;
  private final Duration minAge;

  /**
   * Creates a reconciler.
   *
   * @param interval pause between two runs, across all workers
   * @param minAge minimum age of an original, since its message may be about to be sent
   */
  public Reconciler(
      ObjectStore objects,
      QueueMaintenance queue,
      MessageProducer producer,
      JobDeletion deletion,
      Duration interval,
      Duration minAge) {
    this.objects = objects;
    this.queue = queue;
    this.producer = producer;
    this.deletion = deletion;
    this.thumbnails = new StoredThumbnails(objects);
    this.interval = interval;
    this.minAge = minAge;
  }

  /** The action taken for an original. */
  enum Action {
    /** The queue did not have the job: its message was sent again. */
    REQUEUED,
    /** The queue had the job's record but had lost its message: it was enqueued again. */
    REPAIRED,
    /** The job is done: the original that its worker left behind was deleted. */
    FINISHED,
    /** The original does not describe a job: it was left alone. */
    MALFORMED
  }

  /**
   * Reconciles if this worker gets the lease.
   *
   * @return how often each action was taken; empty without the lease
   * @throws io.thumbnailer.messaging.MessagingException if the queue is unreachable
   * @throws io.thumbnailer.storage.StorageException if storage is unreachable; the lease then goes
   *     to the next caller
   */
  public Optional<Map<Action, Long>> reconcileWhenDue() {
    Optional<QueueMaintenance.TaskLease> lease = queue.begin(TASK, HOLD);
    if (lease.isEmpty()) {
      return Optional.empty();
    }
    boolean complete = false;
    try {
      Map<Action, Long> actions = reconcile(lease.get());
      complete = true;
      return Optional.of(actions);
    } finally {
      // A failed run is repeated soon, perhaps by another worker.
      lease.get().end(complete ? interval : Duration.ofSeconds(Math.min(5, interval.toSeconds())));
    }
  }

  private Map<Action, Long> reconcile(QueueMaintenance.TaskLease lease) {
    Map<Action, Long> actions = new LinkedHashMap<>();
    Optional<String> after = Optional.empty();
    ObjectPage page;
    do {
      page = objects.list(JobKeys.UPLOADS, after, PAGE);
      reconcile(page, actions);
      if (page.objects().isEmpty() || !lease.extend(HOLD)) {
        break;
      }
      after = Optional.of(page.objects().get(page.objects().size() - 1).key());
    } while (page.truncated());
    deletion.settle(Instant.now());
    long swept = queue.sweep();
    if (swept > 0 || !actions.isEmpty()) {
      LOG.log(
          System.Logger.Level.INFO,
          "reconciled {0}, deleted {1} stale stream entries",
          actions,
          swept);
    }
    return actions;
  }

  private void reconcile(ObjectPage page, Map<Action, Long> actions) {
    Instant youngest = Instant.now().minus(minAge);
    List<JobId> jobs =
        page.objects().stream()
            .filter(original -> original.lastModified().isBefore(youngest))
            .flatMap(original -> jobOf(original).stream())
            .toList();
    if (jobs.isEmpty()) {
      return;
    }
    QueueMaintenance.Checked checked = queue.check(jobs.stream().map(JobId::toString).toList());
    if (checked.repaired() > 0) {
      actions.merge(Action.REPAIRED, checked.repaired(), Long::sum);
    }
    for (JobId job : jobs) {
      LogContext.call(
              job.toString(),
              () -> reconcile(job, Optional.ofNullable(checked.states().get(job.toString()))))
          .ifPresent(action -> actions.merge(action, 1L, Long::sum));
    }
  }

  private static Optional<JobId> jobOf(ObjectInfo original) {
    return JobId.parse(original.key().substring(JobKeys.UPLOADS.length()));
  }

  private Optional<Action> reconcile(JobId job, Optional<MessageState> state) {
    if (state.isEmpty()) {
      return restore(job);
    }
    return switch (state.get()) {
      case ACKNOWLEDGED, EXPIRED, REMOVED -> {
        objects.delete(JobKeys.original(job));
        yield Optional.of(Action.FINISHED);
      }
      // A dead letter keeps its original, for a replay.
      case QUEUED, DELIVERED, RETRYING, DEAD -> Optional.empty();
    };
  }

  private Optional<Action> restore(JobId id) {
    String key = JobKeys.original(id);
    Optional<ObjectInfo> original = objects.head(key);
    if (original.isEmpty()) {
      return Optional.empty(); // done since it was listed
    }
    JobDescription job;
    try {
      job = JobDescription.fromProperties(id, original.get().metadata());
    } catch (IllegalArgumentException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0} does not describe a job: {1}", key, e.getMessage());
      return Optional.of(Action.MALFORMED);
    }
    if (thumbnails.allOf(job).isPresent()) {
      objects.delete(key);
      return Optional.of(Action.FINISHED);
    }
    // with all of its metadata, including its trace
    Message message = job.toMessage().withProperties(original.get().metadata());
    return producer.send(message) ? Optional.of(Action.REQUEUED) : Optional.empty();
  }
}
