package io.thumbnailer.log;

import java.util.List;
import java.util.ServiceLoader;

/**
 * Records which job a thread works on, so that everything it logs meanwhile carries the job's id as
 * the field {@value #JOB_ID}, including messages of libraries. Contexts nest; the innermost
 * applies.
 */
public final class LogContext {
  /** The field's name. */
  public static final String JOB_ID = "jobId";

  private static final List<LogFields> FIELDS =
      ServiceLoader.load(LogFields.class, LogContext.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();
  private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

  private LogContext() {}

  /** Work without a result. */
  @FunctionalInterface
  public interface Action<E extends Exception> {
    /** Does the work. */
    void run() throws E;
  }

  /** Work with a result. */
  @FunctionalInterface
  public interface Task<T, E extends Exception> {
    /** Does the work. */
    T call() throws E;
  }

  /** Runs work for a job. */
  public static <E extends Exception> void run(String jobId, Action<E> action) throws E {
    LogContext.<Void, E>call(
        jobId,
        () -> {
          action.run();
          return null;
        });
  }

  /** Runs work for a job and returns its result. */
  public static <T, E extends Exception> T call(String jobId, Task<T, E> task) throws E {
    String before = CURRENT.get();
    set(jobId);
    try {
      return task.call();
    } finally {
      set(before);
    }
  }

  private static void set(String jobId) {
    if (jobId == null) {
      CURRENT.remove();
      FIELDS.forEach(fields -> fields.remove(JOB_ID));
    } else {
      CURRENT.set(jobId);
      FIELDS.forEach(fields -> fields.put(JOB_ID, jobId));
    }
  }
}
