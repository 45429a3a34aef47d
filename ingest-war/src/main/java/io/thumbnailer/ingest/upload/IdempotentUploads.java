package io.thumbnailer.ingest.upload;

import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.ingest.upload.receive.ReceivedFile;
import io.thumbnailer.ingest.upload.receive.UploadForm;
import io.thumbnailer.job.JobId;
import io.thumbnailer.messaging.IdempotencyKeys;
import io.thumbnailer.messaging.MessagingException;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers an upload that is repeated with the same {@code Idempotency-Key} like the first one. A
 * first attempt that crashed is continued with its job ids, so that its jobs are not created twice.
 */
public class IdempotentUploads {
  private static final System.Logger LOG = System.getLogger(IdempotentUploads.class.getName());

  private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

  /** Longer than it takes to store an accepted request body. */
  private static final Duration LOCK = Duration.ofMinutes(2);

  private final IdempotencyKeys keys;
  private final Duration retention;
  private final Jsonb json = JsonbBuilder.create();

  /** Keeps each key for the retention. */
  public IdempotentUploads(IdempotencyKeys keys, Duration retention) {
    this.keys = keys;
    this.retention = retention;
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
    String seed =
        Stream.generate(JobId::next)
            .limit(form.parts().size())
            .map(JobId::toString)
            .collect(Collectors.joining(" "));
    IdempotencyKeys.IdempotencyRecord begun =
        keys.begin("upload " + key + " " + caller, fingerprint(form), seed, LOCK, retention);
    return switch (begun.status()) {
      case OTHER ->
          throw new ProblemException(
              ProblemCode.IDEMPOTENCY_CONFLICT,
              "this Idempotency-Key was used for a different upload");
      case BUSY ->
          throw new ProblemException(
              ProblemCode.IDEMPOTENCY_CONFLICT,
              "the first upload with this Idempotency-Key is still in progress");
      case KNOWN -> Optional.of(read(begun.answer()));
      case NEW -> begin(begun, work);
    };
  }

  private Optional<Answer> begin(
      IdempotencyKeys.IdempotencyRecord begun,
      Function<List<JobId>, Optional<UploadResponse>> work) {
    List<JobId> ids =
        Arrays.stream(begun.seed().split(" ")).flatMap(id -> JobId.parse(id).stream()).toList();
    Optional<UploadResponse> answer = work.apply(ids);
    if (answer.isEmpty()) {
      begun.release();
      return Optional.empty();
    }
    Answer kept = new Answer(answer.get().location(), json.toJson(answer.get()));
    try {
      begun.complete(kept.location() + "\n" + kept.body());
    } catch (MessagingException e) {
      // The jobs are accepted; a repeated upload will find that its ids exist.
      LOG.log(
          System.Logger.Level.WARNING,
          "could not save the answer of an idempotent upload: {0}",
          e.getMessage());
    }
    return Optional.of(kept);
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
