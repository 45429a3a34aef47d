package io.thumbnailer.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a housekeeper of a destination needs, who compares the queue with the world outside it.
 * Jakarta Messaging leaves this to the broker's administration.
 */
public interface QueueMaintenance {
  /** Time between two samples, by the broker's clock. */
  Duration SAMPLE_INTERVAL = Duration.ofSeconds(5);

  /** How long a sample is kept. */
  Duration SAMPLE_RETENTION = Duration.ofHours(1);

  /**
   * The states of messages, after those were enqueued again that the broker had lost track of:
   * their record says that they wait or are held, but nothing would ever deliver them. That happens
   * when single keys were evicted or deleted by hand.
   *
   * @param messageIds at most 1000
   * @return states by id; ids that the broker does not know are missing
   */
  Checked check(List<String> messageIds);

  /**
   * Takes entries out of the lanes that no record knows, so that they do not count as backlog.
   *
   * @return how many
   */
  long sweep();

  /**
   * Measures the queue and keeps the result for {@link #SAMPLE_RETENTION}. However many call this,
   * there is one sample in each {@link #SAMPLE_INTERVAL}.
   *
   * @return whether this call has made the sample
   */
  boolean sample();

  /**
   * Asks for the only lease that anybody has at a recurring task, across all contexts.
   *
   * @param task names it
   * @param hold time after which the lease is lost unless extended, so that a crash does not block
   *     the others
   * @return empty while another has the lease, or while the rest after the last lease has not
   *     passed. A broker that was emptied has forgotten the rest: the next lease may begin at once.
   */
  Optional<TaskLease> begin(String task, Duration hold);

  /**
   * The answer of {@link #check}.
   *
   * @param states by message id
   * @param repaired how many were enqueued again
   */
  record Checked(Map<String, MessageState> states, long repaired) {
    /** Takes a copy. */
    public Checked {
      states = Map.copyOf(states);
    }
  }

  /** A lease at a recurring task. */
  interface TaskLease {
    /**
     * Keeps the lease for another while.
     *
     * @return false when it was lost: somebody else may have it
     */
    boolean extend(Duration hold);

    /** Ends the lease; nobody has the next one before the rest has passed. */
    void end(Duration rest);
  }
}
