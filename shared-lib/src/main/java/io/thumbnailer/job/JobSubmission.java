package io.thumbnailer.job;

import io.thumbnailer.messaging.MessageProducer;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.StorageException;
import java.nio.file.Path;

/** Takes a job on: the original into storage first, then the message into the queue. */
public final class JobSubmission {
  private static final System.Logger LOG = System.getLogger(JobSubmission.class.getName());

  private final ObjectStore objects;
  private final MessageProducer messages;

  /** Over the storage and the queue of the jobs. */
  public JobSubmission(ObjectStore objects, MessageProducer messages) {
    this.objects = objects;
    this.messages = messages;
  }

  /**
   * Stores the original with its description and sends the job's message.
   *
   * @throws StorageException when the original could not be stored: the job does not exist
   * @throws MessagingException when the message could not be sent: the original is removed again,
   *     so that a client who is told of the failure does not see the job done later
   */
  public void submit(JobDescription job, Path original) {
    String key = JobKeys.original(job.id());
    objects.put(key, original, job.format().contentType(), job.toProperties());
    try {
      var unused = messages.send(job.toMessage());
    } catch (MessagingException e) {
      withdraw(key, e);
      throw e;
    }
  }

  private void withdraw(String key, MessagingException reason) {
    try {
      objects.delete(key);
    } catch (StorageException e) {
      reason.addSuppressed(e);
      LOG.log(System.Logger.Level.WARNING, "could not withdraw {0}", key);
    }
  }
}
