package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.Priority;
import java.util.ArrayList;
import java.util.List;

/**
 * The order in which lanes are looked at. The high lane comes first, but in every ten looks the
 * normal lane comes first three times and the low lane once, so no lane starves: a waiting low
 * message at the head of its lane is taken within ten looks of a consumer.
 */
final class LaneOrder {
  private static final List<Priority> FIRST =
      List.of(
          Priority.HIGH,
          Priority.HIGH,
          Priority.NORMAL,
          Priority.HIGH,
          Priority.HIGH,
          Priority.NORMAL,
          Priority.HIGH,
          Priority.HIGH,
          Priority.NORMAL,
          Priority.LOW);

  private int look;

  /** The lanes for the next look, each once. */
  List<String> next() {
    Priority first = FIRST.get(look);
    look = (look + 1) % FIRST.size();
    List<String> lanes = new ArrayList<>();
    lanes.add(RecordFields.lane(first));
    for (Priority lane : Priority.values()) {
      if (lane != first) {
        lanes.add(RecordFields.lane(lane));
      }
    }
    return lanes;
  }
}
