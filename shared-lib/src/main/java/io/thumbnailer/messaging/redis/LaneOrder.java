package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.Priority;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which lane is looked in first for each message that a consumer takes. Of every ten messages the
 * high lane has six first looks, the normal lane three and the low lane one; a lane that is empty
 * gives its look to the highest that is not. So no lane starves: the first message of the low lane
 * is taken before its consumer has taken ten others from lanes, whatever waits in those.
 */
final class LaneOrder {
  private static final List<String> FIRST =
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
              Priority.LOW)
          .stream()
          .map(RecordFields::lane)
          .toList();

  private int taken;

  /** The first lanes for the next messages. */
  List<String> next(int messages) {
    return IntStream.range(taken, taken + messages)
        .mapToObj(i -> FIRST.get(i % FIRST.size()))
        .toList();
  }

  /** So many of them were taken. */
  void advance(int messages) {
    taken = (taken + messages) % FIRST.size();
  }
}
