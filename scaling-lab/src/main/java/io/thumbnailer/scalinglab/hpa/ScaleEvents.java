package io.thumbnailer.scalinglab.hpa;

import java.util.ArrayList;
import java.util.List;

/**
 * The changes made in one direction.
 *
 * <p>As in the controller, a new change overwrites one that the direction's own policies cannot see
 * any more, and only then; until that happens, an old change still counts for a policy of the other
 * direction that looks further back.
 */
final class ScaleEvents {
  private record Event(int change, long atMillis) {}

  private final List<Event> events = new ArrayList<>();

  /** Replicas changed within the period that ends now; a change exactly a period ago is out. */
  int changedWithin(int periodSeconds, long nowMillis) {
    long cutoff = nowMillis - periodSeconds * 1000L;
    int sum = 0;
    for (Event event : events) {
      if (event.atMillis > cutoff) {
        sum += event.change;
      }
    }
    return sum;
  }

  void add(int change, long atMillis, int longestPeriodSeconds) {
    long cutoff = atMillis - longestPeriodSeconds * 1000L;
    int outdated = -1;
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).atMillis < cutoff) {
        outdated = i;
      }
    }
    if (outdated >= 0) {
      events.set(outdated, new Event(change, atMillis));
    } else {
      events.add(new Event(change, atMillis));
    }
  }

  int size() {
    return events.size();
  }
}
