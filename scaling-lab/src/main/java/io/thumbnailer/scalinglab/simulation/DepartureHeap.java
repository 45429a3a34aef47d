package io.thumbnailer.scalinglab.simulation;

import java.util.Arrays;

/** The time of each pod's next finished job; the earliest is found at once, and any can change. */
final class DepartureHeap {
  private static final int ABSENT = -1;

  private int[] heap = new int[16];
  private int[] place = new int[16];
  private double[] times = new double[16];
  private int size;

  DepartureHeap() {
    Arrays.fill(place, ABSENT);
  }

  double soonest() {
    return size == 0 ? Double.POSITIVE_INFINITY : times[heap[0]];
  }

  int soonestPod() {
    return heap[0];
  }

  /** Sets a pod's time; infinity removes it. */
  void set(int pod, double time) {
    reserve(pod);
    if (time == Double.POSITIVE_INFINITY) {
      remove(pod);
      return;
    }
    times[pod] = time;
    if (place[pod] == ABSENT) {
      heap[size] = pod;
      place[pod] = size++;
    }
    up(place[pod]);
    down(place[pod]);
  }

  private void remove(int pod) {
    int hole = place[pod];
    if (hole == ABSENT) {
      return;
    }
    place[pod] = ABSENT;
    int last = heap[--size];
    if (hole < size) {
      heap[hole] = last;
      place[last] = hole;
      up(hole);
      down(place[last]);
    }
  }

  private void up(int start) {
    int at = start;
    int pod = heap[at];
    while (at > 0) {
      int parent = (at - 1) >> 1;
      if (times[heap[parent]] <= times[pod]) {
        break;
      }
      heap[at] = heap[parent];
      place[heap[at]] = at;
      at = parent;
    }
    heap[at] = pod;
    place[pod] = at;
  }

  private void down(int start) {
    int at = start;
    int pod = heap[at];
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && times[heap[child + 1]] < times[heap[child]]) {
        child++;
      }
      if (times[pod] <= times[heap[child]]) {
        break;
      }
      heap[at] = heap[child];
      place[heap[at]] = at;
      at = child;
    }
    heap[at] = pod;
    place[pod] = at;
  }

  private void reserve(int pod) {
    if (pod >= place.length) {
      int length = Math.max(pod + 1, place.length * 2);
      int old = place.length;
      heap = Arrays.copyOf(heap, length);
      place = Arrays.copyOf(place, length);
      times = Arrays.copyOf(times, length);
      Arrays.fill(place, old, length, ABSENT);
    }
  }
}
