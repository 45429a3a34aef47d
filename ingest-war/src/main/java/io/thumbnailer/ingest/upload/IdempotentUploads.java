package io.thumbnailer.ingest.upload;

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
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers an upload that is repeated with the same {@code Idempotency-Key} as it was answered the
 * first time. A first attempt that crashed is taken up with the job ids that it had, so that its
 * jobs are not made twice.
 *
 * <p>While the queue, which remembers the keys, cannot be asked, storage is: the ids follow from
 * caller and key, so that an earlier attempt is found under them. The answer is remembered later.
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
   * Over the keys that are remembered, each as long as the retention.
   *
   * @param jobs where an earlier attempt is looked for while the keys cannot be asked
   * @param postponed where answers wait to be remembered
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
            LOG.log(System.Logger.Level.WARNING, "an answer is not remembered: too many wait");
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
          "could not save the answer of an idempotent upload: {0}",
          e.getMessage());
    }
    return Optional.of(kept);
  }

  private static void release(IdempotencyKeys.IdempotencyRecord begun) {
    try {
      begun.release();
    } catch (MessagingException e) {
      // It is taken up again after the lock's time.
      LOG.log(System.Logger.Level.WARNING, "a key is not released: {0}", e.getMessage());
    }
  }

  private static Answer read(String answer) {
    int end = answer.indexOf('\n');
    return new Answer(answer.substring(0, end), answer.substring(end + 1));
  }

  private static String fingerprint(UploadForm form) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Stream.concat(
              Stream.of("renditions", "priority", "webhook")
                  .map(name -> form.field(name).orElse("")),
              form.parts().stream()
                  .flatMap(
                      part ->
                          Stream.of(
                              part.label(),
                              part.file().map(ReceivedFile::sha256).orElse("refused"))))
          .forEach(
              text -> {
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
              });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
