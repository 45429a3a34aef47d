package io.thumbnailer.job;

import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageProducer;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.StorageException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Submits a job: first stores the original, then enqueues the message. */
public final class JobSubmission {
  private static final System.Logger LOG = System.getLogger(JobSubmission.class.getName());

  private final ObjectStore objects;
  private final MessageProducer messages;
  private final Supplier<Map<String, String>> context;

  /**
   * Uses the storage and the queue of the jobs.
   *
   * @param context short properties of the current request that are stored with the job's own, for
   *     a message that the reconciler sends
   */
  public JobSubmission(
      ObjectStore objects, MessageProducer messages, Supplier<Map<String, String>> context) {
    this.objects = objects;
    this.messages = messages;
    this.context = context;
  }

  /**
   * Stores the original with its description and sends the job's message. Once the original is
   * stored, the job is accepted and cannot be lost. If sending the message then fails, it is
   * unknown whether it was sent; revoking the job could break a worker that holds it, or report a
   * failure to a client whose job is then done. So the job stays accepted: if the message is
   * missing, the reconciler sends it.
   *
   * @throws StorageException if the original could not be stored. If only the answer was lost, the
   *     original exists and the reconciler enqueues the job
   */
  public void submit(JobDescription job, Path original) {
    Map<String, String> metadata = new HashMap<>(context.get());
    Message message = job.toMessage();
    metadata.putAll(message.properties());
    objects.put(JobKeys.original(job.id()), original, job.format().contentType(), metadata);
    // Without the client's file name, which may identify a person.
    LOG.log(
        System.Logger.Level.INFO,
        "job {0} was accepted: {1}, {2,number,#}x{3,number,#}, {4,number,#} bytes",
        job.id(),
        job.format(),
        job.width(),
        job.height(),
        job.size());
    try {
      var unused = messages.send(message);
    } catch (MessagingException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "job {0} is stored; the reconciler will enqueue it: {1}",
          job.id(),
          e.getMessage());
    }
  }
}
