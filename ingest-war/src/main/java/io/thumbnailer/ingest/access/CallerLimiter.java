package io.thumbnailer.ingest.access;

import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.ingest.upload.UploadQuota;
import io.thumbnailer.limit.LocalRateLimiter;
import io.thumbnailer.limit.RateLimiter;
import io.thumbnailer.limit.RateLimiter.Decision;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.messaging.MessagingException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * Enforces the limits of callers. While Redis is unreachable, each server enforces the same limits
 * on its own, so that a caller gets at most its limit from each server.
 */
@Singleton
public class CallerLimiter implements UploadQuota {
  private static final System.Logger LOG = System.getLogger(CallerLimiter.class.getName());

  private final MessagingContext messaging;
  private final CurrentCaller current;
  private final JobOwnership ownership;
  private final RateLimiter local = new LocalRateLimiter(Clock.systemUTC());
  private volatile boolean reachable = true;

  @Inject
  CallerLimiter(MessagingContext messaging, CurrentCaller current, JobOwnership ownership) {
    this.messaging = messaging;
    this.current = current;
    this.ownership = ownership;
  }

  /** Counts a request against the caller's rate. Empty if it is allowed. */
  Optional<LimitReport> exceeded() {
    Caller caller = current.get();
    return caller
        .limits()
        .rate()
        .flatMap(
            rate ->
                Optional.of(LimitReport.of(rate, ask(limits -> limits.take(caller.name(), rate)))))
        .flatMap(this::report);
  }

  @Override
  public String caller() {
    return current.get().name();
  }

  @Override
  public Optional<String> owner() {
    return ownership.owner();
  }

  @Override
  public boolean mayUse(Optional<String> owner) {
    return ownership.mayUse(owner);
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
                    Optional.of(
                        LimitReport.of(quota, ask(limits -> limits.take(caller.name(), quota, 1)))))
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

  private Decision ask(Function<RateLimiter, Decision> question) {
    try {
      Decision decision = question.apply(messaging.rateLimiter());
      reachable = true;
      return decision;
    } catch (MessagingException e) {
      if (reachable) {
        reachable = false;
        LOG.log(
            System.Logger.Level.WARNING,
            "Redis is unreachable: each server enforces rate limits and quotas on its own");
      }
      return question.apply(local);
    }
  }
}
