package io.thumbnailer.limit;

import java.time.Duration;

/**
 * Counts the actions of subjects against their limits, across all servers. Safe for concurrent use.
 */
public interface RateLimiter {

  /**
   * Takes one from a subject's rate, by the generic cell rate algorithm (ITU-T I.371): one time
   * stamp per subject, no windows whose edges could be abused.
   *
   * @param subject who is limited
   * @throws io.thumbnailer.messaging.MessagingException if the limits cannot be read
   */
  Decision take(String subject, Rate rate);

  /**
   * Takes an amount from a subject's quota, all of it or nothing.
   *
   * @param amount at least 1
   * @throws io.thumbnailer.messaging.MessagingException if the limits cannot be read
   */
  Decision take(String subject, Quota quota, long amount);

  /**
   * The decision of a limit.
   *
   * @param allowed whether it was taken
   * @param remaining how many could be taken at once after it
   * @param reset when all could be taken again
   * @param retryAfter when it could be taken; zero when it was
   */
  record Decision(boolean allowed, long remaining, Duration reset, Duration retryAfter) {}
}
