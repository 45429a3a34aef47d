package io.thumbnailer.ingest.upload.receive;

import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Limits concurrent requests, in total and per caller, so that no caller can keep the others out. A
 * request beyond a limit is refused and does not wait. Safe for concurrent use.
 */
public final class ConcurrencyLimit {
  private final int most;
  private final int mostPerCaller;
  private final Map<String, Integer> held = new HashMap<>();
  private int total;

  /**
   * Creates a limit whose permits are all free.
   *
   * @param most permits, at least 1
   * @param mostPerCaller of them for one caller, at least 1
   */
  public ConcurrencyLimit(int most, int mostPerCaller) {
    this.most = most;
    this.mostPerCaller = mostPerCaller;
  }

  /**
   * Acquires a permit, which is released by closing it.
   *
   * @param caller empty if callers are not distinguished: only the total counts
   * @throws ProblemException if no permit is left, or none for this caller
   */
  public synchronized Permit acquire(Optional<String> caller) {
    if (total >= most) {
      throw new ProblemException(
          ProblemCode.OVERLOADED, "too many uploads are in progress; try again later");
    }
    caller.ifPresent(this::countFor);
    total++;
    return new Permit(caller);
  }

  private void countFor(String caller) {
    int before = held.getOrDefault(caller, 0);
    if (before >= mostPerCaller) {
      throw new ProblemException(
          ProblemCode.OVERLOADED,
          "this key or token already has %d uploads in progress; wait until one has finished"
              .formatted(before));
    }
    held.put(caller, before + 1);
  }

  private synchronized void release(Optional<String> caller) {
    total--;
    caller.ifPresent(
        name -> held.computeIfPresent(name, (same, count) -> count > 1 ? count - 1 : null));
  }

  /** A permit. Not for concurrent use. */
  public final class Permit implements AutoCloseable {
    private final Optional<String> caller;
    private boolean closed;

    private Permit(Optional<String> caller) {
      this.caller = caller;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        release(caller);
      }
    }
  }
}
