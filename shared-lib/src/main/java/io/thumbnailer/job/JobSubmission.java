package io.thumbnailer.job;

import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageProducer;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.resilience.PostponedTasks;
import io.thumbnailer.storage.ObjectInfo;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.StorageException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Accepts a job: stores the original first, then sends the message. Once the original is stored,
 * the job is accepted and cannot be lost. If the queue is unreachable at that moment, the message
 * waits in a bounded list until the queue is back. The reconciler sends the messages that the list
 * cannot hold or that a crash loses.
 */
public final class JobSubmission {
  private static final System.Logger LOG = System.getLogger(JobSubmission.class.getName());

  private final ObjectStore objects;
  private final MessageProducer messages;
  private final PostponedTasks postponed;
  private final Supplier<Map<String, String>> context;

  /**
   * Uses the storage and the queue of the jobs.
   *
   * @param postponed holds messages while the queue is unreachable; repeats a task after {@link
   *     MessagingException} and {@link StorageException}
   * @param context short properties of the current submission, stored beside the job's own for a
   *     message that is sent later
   */
  public JobSubmission(
      ObjectStore objects,
      MessageProducer messages,
      PostponedTasks postponed,
      Supplier<Map<String, String>> context) {
    this.objects = objects;
    this.messages = messages;
    this.postponed = postponed;
    this.context = context;
  }

  /**
   * Stores the original with its description and sends the job's message. If sending fails, it is
   * unknown whether the message was sent. Revoking the job could then break a worker that already
   * has it, or report a failure to a client whose job is done later. So the job stays accepted.
   *
   * @throws StorageException if the original could not be stored. If only the answer was lost, the
   *     original exists and the reconciler enqueues the job
   */
  public void submit(JobDescription job, Path original) {
    Map<String, String> metadata = metadata(job);
    objects.put(JobKeys.original(job.id()), original, job.format().contentType(), metadata);
    accepted(job, metadata);
  }

  /**
   * The same for a job whose id is derived from what a client sent, so that a repeated submission
   * finds the first one's original.
   *
   * @return the job first submitted under this id, if its original still exists; empty if this
   *     submission is the first
   * @throws StorageException as {@link #submit}
   */
  public Optional<JobDescription> submitOnce(JobDescription job, Path original) {
    Map<String, String> metadata = metadata(job);
    String key = JobKeys.original(job.id());
    Optional<JobDescription> first = Optional.empty();
    if (!objects.create(key, original, job.format().contentType(), metadata)) {
      first =
          objects
              .head(key)
              .map(ObjectInfo::metadata)
              .map(properties -> JobDescription.fromProperties(job.id(), properties));
    }
    if (first.isPresent()) {
      enqueue(first.get(), metadata); // its message may have been lost
    } else {
      accepted(job, metadata);
    }
    return first;
  }

  private Map<String, String> metadata(JobDescription job) {
    Map<String, String> metadata = new HashMap<>(context.get());
    metadata.putAll(job.toProperties());
    return metadata;
  }

  private void accepted(JobDescription job, Map<String, String> metadata) {
    // The client's file name is omitted: it may identify a person.
    LOG.log(
        System.Logger.Level.INFO,
        "job {0} was accepted: {1}, {2,number,#}x{3,number,#}, {4,number,#} bytes",
        job.id(),
        job.format(),
        job.width(),
        job.height(),
        job.size());
    enqueue(job, metadata);
  }

  private void enqueue(JobDescription job, Map<String, String> metadata) {
    Message message = job.toMessage();
    try {
      var unused = messages.send(message);
    } catch (MessagingException e) {
      postpone(job.id(), message.withProperties(late(job, metadata)), e);
    }
  }

  /** Adds the submission's trace, which has ended when the message is sent. */
  private static Map<String, String> late(JobDescription job, Map<String, String> metadata) {
    Map<String, String> properties = new HashMap<>(metadata);
    properties.putAll(job.toProperties());
    return properties;
  }

  private void postpone(JobId id, Message message, MessagingException reason) {
    boolean listed = postponed.add(() -> sendLate(id, message));
    LOG.log(
        System.Logger.Level.WARNING,
        listed
            ? "job {0} is stored and will be enqueued later: {1}"
            : "job {0} is stored and left to the reconciler: {1}",
        id,
        reason.getMessage());
  }

  /** The job may have been deleted, or sent by the reconciler and done, while it waited. */
  private void sendLate(JobId id, Message message) {
    if (objects.head(JobKeys.original(id)).isPresent()) {
      var unused = messages.send(message);
    }
  }
}
