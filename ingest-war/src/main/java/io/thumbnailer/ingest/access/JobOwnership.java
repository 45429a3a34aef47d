package io.thumbnailer.ingest.access;

import io.thumbnailer.job.ThumbnailJob;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose a job is. A job belongs to the key or the token's subject that submitted it; only that one
 * and administrators can see or delete it. In open access callers are not told apart, and a job
 * that was submitted there is everybody's.
 */
@Singleton
public class JobOwnership {
  private static final Pattern SHORT_AND_PLAIN = Pattern.compile("[A-Za-z0-9._:@-]{1,64}");

  private final CurrentCaller current;

  @Inject
  JobOwnership(CurrentCaller current) {
    this.current = current;
  }

  /** The name that jobs of the present caller carry; empty in open access. */
  public Optional<String> owner() {
    Caller caller = current.get();
    return caller.equals(Caller.ANYONE) ? Optional.empty() : Optional.of(nameOf(caller.name()));
  }

  /** Whether the present caller may see and delete a job. */
  public boolean mayUse(ThumbnailJob job) {
    return mayUse(job.description().owner());
  }

  /** Whether the present caller may use what belongs to an owner. */
  public boolean mayUse(Optional<String> owner) {
    Optional<String> caller = owner();
    return owner.isEmpty()
        || caller.isEmpty()
        || current.get().role() == Role.ADMIN
        || caller.equals(owner);
  }

  /** A token's subject is any text; what is not short and plain goes by its digest. */
  static String nameOf(String caller) {
    if (SHORT_AND_PLAIN.matcher(caller).matches()) {
      return caller;
    }
    try {
      return "sha256:"
          + HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("SHA-256")
                      .digest(caller.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
