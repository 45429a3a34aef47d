package io.thumbnailer.ingest.upload.receive;

import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A number of turns, of which one caller can hold only a part, so that nobody can keep all others
 * out. Nobody waits for a turn. Safe for concurrent use.
 */
public final class Turns {
  private final int most;
  private final int mostPerCaller;
  private final Map<String, Integer> held = new HashMap<>();
  private int total;

  /**
   * All turns are free.
   *
   * @param most at the same time, at least 1
   * @param mostPerCaller of them for one caller, at least 1
   */
  public Turns(int most, int mostPerCaller) {
    this.most = most;
    this.mostPerCaller = mostPerCaller;
  }

  /**
   * Takes a turn, which closing gives back.
   *
   * @param caller empty when callers are not told apart: only the total counts
   * @throws ProblemException when there is none left, or none for this caller
   */
  public synchronized Turn take(Optional<String> caller) {
    if (total >= most) {
      throw new ProblemException(
          ProblemCode.OVERLOADED, "too many uploads are in progress, try again later");
    }
    caller.ifPresent(this::countFor);
    total++;
    return new Turn(caller);
  }

  private void countFor(String caller) {
    int before = held.getOrDefault(caller, 0);
    if (before >= mostPerCaller) {
      throw new ProblemException(
          ProblemCode.OVERLOADED,
          "this key or token has %d uploads in progress, finish one first".formatted(before));
    }
    held.put(caller, before + 1);
  }

  private synchronized void giveBack(Optional<String> caller) {
    total--;
    caller.ifPresent(
        name -> held.computeIfPresent(name, (same, count) -> count > 1 ? count - 1 : null));
  }

  /** A turn that somebody has. Not for concurrent use. */
  public final class Turn implements AutoCloseable {
    private final Optional<String> caller;
    private boolean closed;

    private Turn(Optional<String> caller) {
      this.caller = caller;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        giveBack(caller);
      }
    }
  }
}
