package io.thumbnailer.ingest.upload.direct;

import io.thumbnailer.digest.Sha256;
import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.ingest.upload.RequestedPriority;
import io.thumbnailer.ingest.upload.RequestedRenditions;
import io.thumbnailer.ingest.upload.UploadAdmission;
import io.thumbnailer.ingest.upload.UploadQuota;
import io.thumbnailer.ingest.upload.receive.DisplayName;
import io.thumbnailer.ingest.upload.receive.IngestSettings;
import io.thumbnailer.ingest.upload.receive.ReceivedFile;
import io.thumbnailer.ingest.upload.receive.UploadCapacity;
import io.thumbnailer.ingest.upload.receive.UploadSpool;
import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobKeys;
import io.thumbnailer.job.JobStatus;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.job.JobSubmission;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.storage.ObjectInfo;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.PresignedUpload;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Uploads that do not pass through this server. The file waits under {@code incoming/}, which the
 * reconciler ignores, and its options travel in signed headers, so that no state is kept in
 * between. Completing an upload stores the checked bytes as the original instead of copying the
 * object, because the holder of the presigned URL can still replace it.
 */
@Singleton
class DirectUploads {
  private static final String FILENAME = "filename";
  private static final String RENDITIONS = "renditions";
  private static final String PRIORITY = "priority";
  private static final String OWNER = "owner";

  /** After these problems the uploaded file is kept. */
  private static final Set<String> MAY_SUCCEED_LATER =
      Set.of(ProblemCode.RATE_LIMITED.code(), ProblemCode.OVERLOADED.code());

  private final IngestSettings settings;
  private final ObjectStore objects;
  private final RequestedRenditions renditions;
  private final UploadAdmission admission;
  private final UploadQuota quota;
  private final JobSubmission submission;
  private final JobStore jobs;
  private final UploadCapacity capacity;
  private final UploadSpool spool;

  @Inject
  DirectUploads(
      IngestSettings settings,
      ObjectStore objects,
      RequestedRenditions renditions,
      UploadAdmission admission,
      UploadQuota quota,
      JobSubmission submission,
      JobStore jobs,
      UploadCapacity capacity,
      UploadSpool spool) {
    this.settings = settings;
    this.objects = objects;
    this.renditions = renditions;
    this.admission = admission;
    this.quota = quota;
    this.submission = submission;
    this.jobs = jobs;
    this.capacity = capacity;
    this.spool = spool;
  }

  /** Permits an upload; throws {@link ProblemException} if it would not be accepted. */
  DirectUploadView begin(DirectUploadRequest request) {
    if (request.size() > settings.maxBytes()) {
      throw tooLarge();
    }
    Map<String, String> options = new HashMap<>();
    options.put(FILENAME, request.filename());
    options.put(PRIORITY, RequestedPriority.of(Optional.ofNullable(request.priority())).name());
    if (request.renditions() != null) {
      options.put(RENDITIONS, names(renditions.select(Optional.of(request.renditions()))));
    }
    quota.owner().ifPresent(name -> options.put(OWNER, name));
    quota.charge();
    JobId id = JobId.next();
    PresignedUpload upload =
        objects.presignPut(
            JobKeys.incoming(id),
            request.contentType(),
            request.size(),
            options,
            settings.directUploadValidity());
    return DirectUploadView.of(id.toString(), upload);
  }

  /**
   * Creates a job for the uploaded file, after the checks of any upload. Safe to repeat.
   *
   * @throws ProblemException if nothing was uploaded, or no acceptable image, which is then deleted
   */
  ThumbnailJob complete(JobId id) {
    Optional<ThumbnailJob> known = jobs.findEvenWithoutQueue(id);
    if (known.isPresent()) {
      return own(known.get());
    }
    String key = JobKeys.incoming(id);
    if (jobs.wasDeleted(id)) {
      objects.delete(key);
      throw missing();
    }
    Optional<ObjectInfo> found = objects.head(key);
    if (found.isEmpty()) {
      return completedMeanwhile(id);
    }
    ObjectInfo sent = found.get();
    if (!quota.mayUse(Optional.ofNullable(sent.metadata().get(OWNER)))) {
      throw missing();
    }
    if (sent.size() > settings.maxBytes()) {
      objects.delete(key);
      throw tooLarge();
    }
    try (UploadCapacity.Share share = capacity.begin(quota.owner(), sent.size())) {
      share.take(sent.size());
      if (!check(id, sent)) {
        return completedMeanwhile(id);
      }
    } catch (ProblemException e) {
      if (!MAY_SUCCEED_LATER.contains(e.problem().code())) {
        objects.delete(key);
      }
      throw e;
    }
    objects.delete(key);
    ThumbnailJob job = completedMeanwhile(id);
    if (job.status() == JobStatus.DONE) {
      // two completions at once: the slower has stored the original again after the job was done
      objects.delete(JobKeys.original(id));
    }
    return job;
  }

  /** The job that this call, or a concurrent one, created. */
  private ThumbnailJob completedMeanwhile(JobId id) {
    if (jobs.wasDeleted(id)) {
      objects.delete(JobKeys.original(id));
      throw missing();
    }
    return own(jobs.findEvenWithoutQueue(id).orElseThrow(DirectUploads::missing));
  }

  private ThumbnailJob own(ThumbnailJob job) {
    if (!quota.mayUse(job.description().owner())) {
      throw missing();
    }
    return job;
  }

  private static ProblemException missing() {
    return new ProblemException(
        ProblemCode.NOT_FOUND, "there is no such upload, or its file was not sent yet");
  }

  private static String names(List<Rendition> selected) {
    return selected.stream().map(Rendition::name).collect(Collectors.joining(","));
  }

  /** Returns false if the uploaded file is gone, because a concurrent completion was faster. */
  private boolean check(JobId id, ObjectInfo sent) {
    Path file = null;
    try {
      file = spool.newFile();
      Optional<ObjectInfo> got = objects.download(sent.key(), file);
      if (got.isEmpty()) {
        return false;
      }
      Map<String, String> options = got.get().metadata();
      JobDescription job =
          admission.admit(
              id,
              new ReceivedFile(
                  DisplayName.of(options.get(FILENAME)), file, Files.size(file), sha256(file)),
              renditions.select(Optional.ofNullable(options.get(RENDITIONS))),
              RequestedPriority.of(Optional.ofNullable(options.get(PRIORITY))));
      submission.submit(job.withOwner(Optional.ofNullable(options.get(OWNER))), file);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("could not read a direct upload", e);
    } finally {
      if (file != null) {
        file.toFile().delete();
      }
    }
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        ProblemCode.TOO_LARGE, "the file is larger than " + settings.maxBytes() + " bytes");
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = Sha256.newDigest();
      var unused = new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return Sha256.hex(digest);
    }
  }
}
