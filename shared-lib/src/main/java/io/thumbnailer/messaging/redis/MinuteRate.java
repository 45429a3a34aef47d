package io.thumbnailer.messaging.redis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** The rate at which a counter rose over the last minute. Not for concurrent use. */
final class MinuteRate {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  /** The counter's value at a time of {@link System#nanoTime}. */
  private record Reading(long at, long count) {}

  private final Deque<Reading> readings = new ArrayDeque<>();

  /** Creates the rate of a counter that is zero now, a time of {@link System#nanoTime}. */
  MinuteRate(long now) {
    readings.add(new Reading(now, 0));
  }

  /** Per minute, over the last minute or the shorter time since the start. */
  double perMinute(long now, long count) {
    readings.addLast(new Reading(now, count));
    // the first reading kept is the newest that is a minute old
    while (readings.size() > 2 && now - second().at() >= MINUTE) {
      readings.removeFirst();
    }
    Reading first = readings.getFirst();
    long time = now - first.at();
    return time == 0 ? 0 : (double) (count - first.count()) * MINUTE / time;
  }

  private Reading second() {
    Reading first = readings.removeFirst();
    Reading second = readings.getFirst();
    readings.addFirst(first);
    return second;
  }
}
