package io.thumbnailer.resilience;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A bounded list of tasks that failed because a service was unavailable. One background thread
 * repeats the first of them until it succeeds, then the others in their order. The list is in
 * memory only: tasks lost in a crash must be recoverable in another way.
 *
 * <p>Safe for concurrent use.
 */
public final class PostponedTasks implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PostponedTasks.class.getName());

  private final BlockingQueue<Runnable> tasks;
  private final Set<Class<? extends RuntimeException>> unavailable;
  private final Duration pause;
  private final Thread thread = new Thread(this::run, "postponed-tasks");
  private volatile boolean repeating;
  private volatile boolean closed;

  /**
   * Creates an empty list.
   *
   * @param capacity of the list, at least 1
   * @param unavailable the exceptions of a task while a service is unavailable; any other exception
   *     discards the task
   * @param pause before a failed task is repeated
   */
  public PostponedTasks(
      int capacity, Set<Class<? extends RuntimeException>> unavailable, Duration pause) {
    this.tasks = new ArrayBlockingQueue<>(capacity);
    this.unavailable = Set.copyOf(unavailable);
    this.pause = pause;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Adds a task, which may run at once and may run more than once.
   *
   * @return false if the list is full: the task will not run
   */
  public boolean add(Runnable task) {
    return !closed && tasks.offer(task);
  }

  /** The number of waiting tasks, including the one being repeated. */
  public int size() {
    return tasks.size() + (repeating ? 1 : 0);
  }

  private void run() {
    try {
      while (!closed) {
        Runnable task = tasks.take();
        repeating = true;
        while (!ends(task)) {
          Thread.sleep(pause.toMillis());
        }
        repeating = false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private boolean ends(Runnable task) {
    try {
      task.run();
      return true;
    } catch (RuntimeException e) {
      if (unavailable.stream().anyMatch(type -> type.isInstance(e))) {
        return false;
      }
      LOG.log(System.Logger.Level.ERROR, "a postponed task failed and is discarded", e);
      return true;
    }
  }

  /** Discards all tasks. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
