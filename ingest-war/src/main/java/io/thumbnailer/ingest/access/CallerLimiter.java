package io.thumbnailer.ingest.access;

import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.ingest.upload.UploadQuota;
import io.thumbnailer.limit.RateLimiter.Decision;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.messaging.MessagingException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Enforces the limits of callers. While Redis is unreachable limits are not enforced: they control
 * load, they do not protect secrets, and stored thumbnails can still be delivered.
 */
@Singleton
public class CallerLimiter implements UploadQuota {
  private static final System.Logger LOG = System.getLogger(CallerLimiter.class.getName());

  private final MessagingContext messaging;
  private final CurrentCaller current;
  private volatile boolean reachable = true;

  @Inject
  CallerLimiter(MessagingContext messaging, CurrentCaller current) {
    this.messaging = messaging;
    this.current = current;
  }

  /** Counts a request against the caller's rate. Empty if it is allowed. */
  Optional<LimitReport> exceeded() {
    Caller caller = current.get();
    return caller
        .limits()
        .rate()
        .flatMap(
            rate ->
                ask(() -> messaging.rateLimiter().take(caller.name(), rate))
                    .map(decision -> LimitReport.of(rate, decision)))
        .flatMap(this::report);
  }

  @Override
  public String caller() {
    return current.get().name();
  }

  @Override
  public void charge() {
    Caller caller = current.get();
    Optional<LimitReport> exceeded =
        caller
            .limits()
            .quota()
            .flatMap(
                quota ->
                    ask(() -> messaging.rateLimiter().take(caller.name(), quota, 1))
                        .map(decision -> LimitReport.of(quota, decision)))
            .flatMap(this::report);
    if (exceeded.isPresent()) {
      throw new ProblemException(
          ProblemCode.RATE_LIMITED,
          "the quota of %d files is used up for another %d s"
              .formatted(
                  exceeded.get().most(),
                  LimitReport.seconds(exceeded.get().decision().retryAfter())));
    }
  }

  private Optional<LimitReport> report(LimitReport report) {
    current.report(report);
    return report.decision().allowed() ? Optional.empty() : Optional.of(report);
  }

  private Optional<Decision> ask(Supplier<Decision> question) {
    try {
      Decision decision = question.get();
      reachable = true;
      return Optional.of(decision);
    } catch (MessagingException e) {
      if (reachable) {
        reachable = false;
        LOG.log(
            System.Logger.Level.WARNING,
            "Redis is unreachable: rate limits and quotas are not enforced");
      }
      return Optional.empty();
    }
  }
}
