package io.thumbnailer.ingest.access;

import io.thumbnailer.digest.Sha256;
import io.thumbnailer.job.ThumbnailJob;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Determines who owns a job. A job belongs to the key or the token subject that submitted it; only
 * its owner and administrators can see or delete it. Open access does not distinguish callers, so
 * jobs submitted there belong to everyone.
 */
@Singleton
public class JobOwnership {
  private static final Pattern SHORT_AND_PLAIN = Pattern.compile("[A-Za-z0-9._:@-]{1,64}");

  private final CurrentCaller current;

  @Inject
  JobOwnership(CurrentCaller current) {
    this.current = current;
  }

  /** The owner recorded for jobs of the current caller; empty in open access. */
  public Optional<String> owner() {
    Caller caller = current.get();
    return caller.equals(Caller.ANYONE) ? Optional.empty() : Optional.of(nameOf(caller.name()));
  }

  /** Whether the current caller may see and delete a job. */
  public boolean mayUse(ThumbnailJob job) {
    return mayUse(job.description().owner());
  }

  /** Whether the current caller may use the jobs of an owner. */
  public boolean mayUse(Optional<String> owner) {
    Optional<String> caller = owner();
    return owner.isEmpty()
        || caller.isEmpty()
        || current.get().role() == Role.ADMIN
        || caller.equals(owner);
  }

  /** A token's subject may be any text; long or unusual ones are replaced by their digest. */
  static String nameOf(String caller) {
    return SHORT_AND_PLAIN.matcher(caller).matches() ? caller : "sha256:" + Sha256.hex(caller);
  }
}
