package io.thumbnailer.scalinglab.hpa;

import java.util.ArrayList;
import java.util.List;

/**
 * The unstabilized recommendations of the past, which stabilize a new one.
 *
 * <p>Old entries are overwritten one at a time and not dropped, as in the controller; so the list
 * stays as long as its longest window has ever needed.
 */
final class RecommendationHistory {
  private record Entry(int replicas, long atMillis) {}

  private final List<Entry> entries = new ArrayList<>();

  boolean isEmpty() {
    return entries.isEmpty();
  }

  int size() {
    return entries.size();
  }

  void record(int replicas, long atMillis) {
    entries.add(new Entry(replicas, atMillis));
  }

  /**
   * Applies a window per direction: scaling up goes to the lowest recommendation of its window,
   * scaling down to the highest of its own; between the two, the current number stays.
   */
  int stabilize(int currentReplicas, int desired, long upMillis, long downMillis, long nowMillis) {
    long upCutoff = nowMillis - upMillis;
    long downCutoff = nowMillis - downMillis;
    int lowest = desired;
    int highest = desired;
    int obsolete = -1;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.atMillis > upCutoff) {
        lowest = Math.min(lowest, entry.replicas);
      }
      if (entry.atMillis > downCutoff) {
        highest = Math.max(highest, entry.replicas);
      }
      if (entry.atMillis < upCutoff && entry.atMillis < downCutoff) {
        obsolete = i;
      }
    }
    store(obsolete, new Entry(desired, nowMillis));
    return Math.min(Math.max(currentReplicas, lowest), highest);
  }

  /**
   * Applies the controller's own window, without {@code behavior}: the highest recommendation in it
   * counts.
   */
  int stabilizeDown(int desired, long windowMillis, long nowMillis) {
    long cutoff = nowMillis - windowMillis;
    int highest = desired;
    int obsolete = -1;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.atMillis < cutoff) {
        obsolete = i;
      } else {
        highest = Math.max(highest, entry.replicas);
      }
    }
    store(obsolete, new Entry(desired, nowMillis));
    return highest;
  }

  private void store(int obsolete, Entry entry) {
    if (obsolete >= 0) {
      entries.set(obsolete, entry);
    } else {
      entries.add(entry);
    }
  }
}
