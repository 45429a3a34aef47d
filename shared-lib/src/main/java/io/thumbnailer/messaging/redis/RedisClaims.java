package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Claims messages for one consumer. Each claim has a lease with a unique name, which is never
 * reused, not even after Redis was emptied or restored. So holders can be told apart by comparing
 * names, and a claim whose answer was lost can be handed back.
 *
 * <p>Not for concurrent use.
 */
final class RedisClaims {
  private final RedisQueue queue;
  private final Duration leaseTime;
  private final String prefix;
  private final LaneOrder lanes = new LaneOrder();
  private final List<String> unanswered = new ArrayList<>();
  private long number;

  RedisClaims(RedisQueue queue, String consumer, Duration leaseTime) {
    this.queue = queue;
    this.leaseTime = leaseTime;
    this.prefix = consumer + "/" + UUID.randomUUID().toString().substring(0, 8) + "/";
  }

  /** Claims up to the given number of messages. */
  List<RedisDelivery> claim(int wanted) {
    abandonUnanswered();
    String lease = prefix + number++;
    List<String> arguments =
        new ArrayList<>(
            List.of(lease, Long.toString(leaseTime.toMillis()), queue.retentionMillis()));
    arguments.addAll(lanes.next(wanted));
    List<List<?>> claimed;
    try {
      claimed = queue.list(RedisScript.CLAIM, arguments);
    } catch (MessagingException e) {
      unanswered.add(lease);
      throw e;
    }
    lanes.advance((int) claimed.stream().filter(entry -> entry.get(3).equals(1L)).count());
    return claimed.stream().map(this::delivery).toList();
  }

  private RedisDelivery delivery(List<?> entry) {
    RecordFields fields =
        RecordFields.ofList((String) entry.get(0), (List<?>) entry.get(1), (String) entry.get(2));
    return new RedisDelivery(queue, fields, leaseTime);
  }

  /** Hands back messages of claims whose answer was lost. */
  void abandonUnanswered() {
    while (!unanswered.isEmpty()) {
      queue.number(RedisScript.ABANDON, List.of(unanswered.get(0)));
      unanswered.remove(0);
    }
  }
}
