package io.thumbnailer.scalinglab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DepartureHeapTest {
  @Test
  void theEarliestDepartureIsFoundAfterEveryChange() {
    SplittableRandom random = new SplittableRandom(5);
    DepartureHeap heap = new DepartureHeap();
    double[] times = new double[60];
    Arrays.fill(times, Double.POSITIVE_INFINITY);
    for (int i = 0; i < 20_000; i++) {
      int pod = random.nextInt(times.length);
      times[pod] = random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : random.nextDouble();
      heap.set(pod, times[pod]);
      double soonest = Arrays.stream(times).min().orElseThrow();
      assertThat(heap.soonest()).isEqualTo(soonest);
      if (soonest < Double.POSITIVE_INFINITY) {
        assertThat(times[heap.soonestPod()]).isEqualTo(soonest);
      }
    }
  }

  @Test
  void theQueueKeepsItsOrderAtBothEnds() {
    SplittableRandom random = new SplittableRandom(6);
    IntDeque deque = new IntDeque();
    java.util.ArrayDeque<Integer> expected = new java.util.ArrayDeque<>();
    for (int i = 0; i < 20_000; i++) {
      int what = random.nextInt(5);
      if (what < 2) {
        deque.addLast(i);
        expected.addLast(i);
      } else if (what == 2) {
        deque.addFirst(i);
        expected.addFirst(i);
      } else if (!expected.isEmpty()) {
        assertThat(deque.first()).isEqualTo(expected.peekFirst());
        assertThat(deque.removeFirst()).isEqualTo(expected.removeFirst());
      }
      assertThat(deque.size()).isEqualTo(expected.size());
    }
  }
}
