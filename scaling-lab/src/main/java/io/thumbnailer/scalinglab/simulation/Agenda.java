package io.thumbnailer.scalinglab.simulation;

import java.util.PriorityQueue;

/** The rare events, in the order of their times; simultaneous ones in the order of scheduling. */
final class Agenda {
  private record Entry(double time, long order, Runnable action) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Double.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long planned;

  void plan(double time, Runnable action) {
    entries.add(new Entry(time, planned++, action));
  }

  double nextTime() {
    Entry next = entries.peek();
    return next == null ? Double.POSITIVE_INFINITY : next.time;
  }

  void runNext() {
    entries.remove().action.run();
  }
}
