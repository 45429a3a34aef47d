package io.thumbnailer.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Maintenance of a destination, for a task that compares the queue with an external source of
 * truth. Jakarta Messaging leaves this to the broker's administration.
 */
public interface QueueMaintenance {
  /** Time between two samples, by the broker's clock. */
  Duration SAMPLE_INTERVAL = Duration.ofSeconds(5);

  /** How long a sample is kept. */
  Duration SAMPLE_RETENTION = Duration.ofHours(1);

  /**
   * Returns the states of messages, and enqueues lost messages again: those whose record says that
   * they are waiting or held, but which nothing would ever deliver. This happens when single keys
   * were evicted or deleted by hand.
   *
   * @param messageIds at most 1000
   * @return states by id; unknown ids are absent
   */
  Checked check(List<String> messageIds);

  /**
   * Deletes entries without a record from the lanes, so that they do not count as backlog.
   *
   * @return their number
   */
  long sweep();

  /**
   * Measures the queue and keeps the result for {@link #SAMPLE_RETENTION}. There is one sample in
   * each {@link #SAMPLE_INTERVAL}, however many callers there are.
   *
   * @return whether this call has made the sample
   */
  boolean sample();

  /**
   * Requests the exclusive lease of a recurring task, across all contexts.
   *
   * @param task the task's name
   * @param hold time after which the lease expires unless extended, so that a crash does not block
   *     others
   * @return empty while another owner holds the lease, or before the pause after the last lease is
   *     over. A broker that lost its data has lost the pause too, so the next lease may begin
   *     immediately
   */
  Optional<TaskLease> begin(String task, Duration hold);

  /**
   * The answer of {@link #check}.
   *
   * @param states by message id
   * @param repaired number of messages enqueued again
   */
  record Checked(Map<String, MessageState> states, long repaired) {
    public Checked {
      states = Map.copyOf(states);
    }
  }

  /** A lease of a recurring task. */
  interface TaskLease {
    /**
     * Extends the lease.
     *
     * @return false if it was lost; another owner may hold it
     */
    boolean extend(Duration hold);

    /** Ends the lease; nobody gets the next one before the pause is over. */
    void end(Duration rest);
  }
}
