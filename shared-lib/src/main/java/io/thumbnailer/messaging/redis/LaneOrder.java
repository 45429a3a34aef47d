package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.Priority;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses the lane to look in first for each message that a consumer takes. Of every ten messages,
 * six look in the high lane first, three in the normal lane and one in the low lane; an empty lane
 * yields its turn to the highest lane that is not empty. So no lane starves: the first message of
 * the low lane is taken before its consumer has taken ten others.
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

  /** The lanes to look in first for the next messages. */
  List<String> next(int messages) {
    return IntStream.range(taken, taken + messages)
        .mapToObj(i -> FIRST.get(i % FIRST.size()))
        .toList();
  }

  /** Records how many messages were taken. */
  void advance(int messages) {
    taken = (taken + messages) % FIRST.size();
  }
}
