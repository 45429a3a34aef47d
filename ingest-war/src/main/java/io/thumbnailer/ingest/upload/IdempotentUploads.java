package io.thumbnailer.ingest.upload;

import io.thumbnailer.digest.Sha256;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.ingest.upload.receive.ReceivedFile;
import io.thumbnailer.ingest.upload.receive.UploadForm;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.messaging.IdempotencyKeys;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.resilience.PostponedTasks;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Returns the first response to a repeated upload with the same {@code Idempotency-Key}. If the
 * first attempt crashed, the repetition continues with its job ids, so that no job is created
 * twice.
 *
 * <p>The queue stores the keys. While it is unreachable, storage is searched instead: the job ids
 * are derived from caller and key, so that an earlier attempt can be found. The response is stored
 * when the queue is back.
 */
public class IdempotentUploads {
  private static final System.Logger LOG = System.getLogger(IdempotentUploads.class.getName());

  private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

  /** Longer than it takes to store an accepted request body. */
  private static final Duration LOCK = Duration.ofMinutes(2);

  private final IdempotencyKeys keys;
  private final Duration retention;
  private final JobStore jobs;
  private final PostponedTasks postponed;
  private final Jsonb json = JsonbBuilder.create();

  /**
   * Uses the keys of the queue.
   *
   * @param retention how long a key is kept
   * @param jobs searched for an earlier attempt while the keys are unreachable
   * @param postponed holds answers until they can be stored
   */
  public IdempotentUploads(
      IdempotencyKeys keys, Duration retention, JobStore jobs, PostponedTasks postponed) {
    this.keys = keys;
    this.retention = retention;
    this.jobs = jobs;
    this.postponed = postponed;
  }

  /**
   * An answer as it is stored.
   *
   * @param location of the first job
   * @param body JSON
   */
  record Answer(String location, String body) {}

  /**
   * The stored answer of the key, or that of the work if the key is new.
   *
   * @param caller the owner of the key
   * @param key as the client sent it
   * @param work takes the ids of the jobs, one for each part of the form; empty if it accepted
   *     nothing, which is not stored
   * @throws ProblemException if the key is malformed, was used for a different upload, or its
   *     upload is in progress
   */
  Optional<Answer> once(
      String caller,
      String key,
      UploadForm form,
      Function<List<JobId>, Optional<UploadResponse>> work) {
    if (!KEY.matcher(key).matches()) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST, "Idempotency-Key must be 1 to 255 printable ASCII characters");
    }
    DerivedIds ids = new DerivedIds(caller, key, form.parts().size());
    Begin begin =
        seed ->
            keys.begin(
                "upload " + key + " " + caller, fingerprint(form), write(seed), LOCK, retention);
    IdempotencyKeys.IdempotencyRecord begun;
    try {
      begun = begin.with(ids.at(Instant.now()));
    } catch (MessagingException e) {
      LOG.log(System.Logger.Level.DEBUG, "an idempotency key is looked up in storage", e);
      return withoutQueue(ids, firstReceived(form), begin, work);
    }
    return switch (begun.status()) {
      case OTHER -> throw otherUpload();
      case BUSY ->
          throw new ProblemException(
              ProblemCode.IDEMPOTENCY_CONFLICT,
              "the first upload with this Idempotency-Key is still in progress");
      case KNOWN -> Optional.of(read(begun.answer()));
      case NEW -> begin(begun, work);
    };
  }

  static ProblemException otherUpload() {
    return new ProblemException(
        ProblemCode.IDEMPOTENCY_CONFLICT, "this Idempotency-Key was used for a different upload");
  }

  /** Begins a request with a seed. */
  private interface Begin {
    IdempotencyKeys.IdempotencyRecord with(List<JobId> seed);
  }

  private Optional<Answer> withoutQueue(
      DerivedIds derived,
      int part,
      Begin begin,
      Function<List<JobId>, Optional<UploadResponse>> work) {
    List<JobId> ids =
        derived.recent(Instant.now()).stream()
            .filter(earlier -> jobs.findEvenWithoutQueue(earlier.get(part)).isPresent())
            .findFirst()
            .orElseGet(() -> derived.at(Instant.now()));
    Optional<Answer> answer = work.apply(ids).map(this::kept);
    answer.ifPresent(
        kept -> {
          boolean listed =
              postponed.add(
                  () -> {
                    IdempotencyKeys.IdempotencyRecord begun = begin.with(ids);
                    if (begun.status() == IdempotencyKeys.Status.NEW) {
                      begun.complete(text(kept));
                    }
                  });
          if (!listed) {
            LOG.log(
                System.Logger.Level.WARNING,
                "the response of an idempotent upload is not stored: too many are waiting");
          }
        });
    return answer;
  }

  private static int firstReceived(UploadForm form) {
    for (int i = 0; i < form.parts().size(); i++) {
      if (form.parts().get(i).file().isPresent()) {
        return i;
      }
    }
    return 0;
  }

  private Answer kept(UploadResponse response) {
    return new Answer(response.location(), json.toJson(response));
  }

  private static String text(Answer kept) {
    return kept.location() + "\n" + kept.body();
  }

  private static String write(List<JobId> seed) {
    return seed.stream().map(JobId::toString).collect(Collectors.joining(" "));
  }

  private Optional<Answer> begin(
      IdempotencyKeys.IdempotencyRecord begun,
      Function<List<JobId>, Optional<UploadResponse>> work) {
    List<JobId> ids =
        Arrays.stream(begun.seed().split(" ")).flatMap(id -> JobId.parse(id).stream()).toList();
    Optional<UploadResponse> answer = work.apply(ids);
    if (answer.isEmpty()) {
      release(begun);
      return Optional.empty();
    }
    Answer kept = kept(answer.get());
    try {
      begun.complete(text(kept));
    } catch (MessagingException e) {
      // The jobs are accepted; a repeated upload will find that its ids exist.
      LOG.log(
          System.Logger.Level.WARNING,
          "could not store the response of an idempotent upload: {0}",
          e.getMessage());
    }
    return Optional.of(kept);
  }

  private static void release(IdempotencyKeys.IdempotencyRecord begun) {
    try {
      begun.release();
    } catch (MessagingException e) {
      // The key can be used again after the lock has expired.
      LOG.log(
          System.Logger.Level.WARNING, "could not release an idempotency key: {0}", e.getMessage());
    }
  }

  private static Answer read(String answer) {
    int end = answer.indexOf('\n');
    return new Answer(answer.substring(0, end), answer.substring(end + 1));
  }

  private static String fingerprint(UploadForm form) {
    MessageDigest digest = Sha256.newDigest();
    Stream.concat(
            Stream.of("renditions", "priority", "webhook").map(name -> form.field(name).orElse("")),
            form.parts().stream()
                .flatMap(
                    part ->
                        Stream.of(
                            part.label(), part.file().map(ReceivedFile::sha256).orElse("refused"))))
        .forEach(
            text -> {
              digest.update(text.getBytes(StandardCharsets.UTF_8));
              digest.update((byte) 0);
            });
    return Sha256.hex(digest);
  }
}
