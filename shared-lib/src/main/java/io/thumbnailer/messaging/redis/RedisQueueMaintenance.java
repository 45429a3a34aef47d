package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.messaging.QueueMaintenance;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Maintenance by scripts, so that it never sees a message half-way through a transition. */
final class RedisQueueMaintenance implements QueueMaintenance {
  private static final int MAX_PAGE = 1000;
  private static final int SWEEP_PAGE = 500;

  private final RedisQueue queue;
  private final String owner = UUID.randomUUID().toString();

  RedisQueueMaintenance(RedisQueue queue) {
    this.queue = queue;
  }

  @Override
  public Checked check(List<String> messageIds) {
    requirePage(messageIds.size());
    List<String> answers = queue.list(RedisScript.REPAIR, messageIds);
    Map<String, MessageState> states = new HashMap<>();
    for (int i = 0; i < messageIds.size(); i++) {
      if (!answers.get(i).isEmpty()) {
        states.put(messageIds.get(i), MessageState.valueOf(answers.get(i)));
      }
    }
    return new Checked(states, Long.parseLong(answers.get(messageIds.size())));
  }

  @Override
  public long sweep() {
    long swept = 0;
    for (Priority lane : Priority.values()) {
      String cursor = "0-0";
      while (!cursor.isEmpty()) {
        List<String> page =
            queue.list(
                RedisScript.SWEEP,
                List.of(RecordFields.lane(lane), cursor, Integer.toString(SWEEP_PAGE)));
        cursor = page.get(0);
        swept += Long.parseLong(page.get(1));
      }
    }
    return swept;
  }

  @Override
  public boolean sample() {
    return queue.test(RedisScript.SAMPLE, List.of());
  }

  @Override
  public Optional<TaskLease> begin(String task, Duration hold) {
    return lease("begin", task, hold) ? Optional.of(new RedisTaskLease(task)) : Optional.empty();
  }

  private boolean lease(String what, String task, Duration time) {
    return queue.test(RedisScript.TASK, List.of(what, task, owner, Long.toString(time.toMillis())));
  }

  private static void requirePage(int size) {
    if (size < 1 || size > MAX_PAGE) {
      throw new IllegalArgumentException("must be from 1 to " + MAX_PAGE + ": " + size);
    }
  }

  private final class RedisTaskLease implements TaskLease {
    private final String task;

    private RedisTaskLease(String task) {
      this.task = task;
    }

    @Override
    public boolean extend(Duration hold) {
      return lease("extend", task, hold);
    }

    @Override
    public void end(Duration rest) {
      var unused = lease("end", task, rest);
    }
  }
}
