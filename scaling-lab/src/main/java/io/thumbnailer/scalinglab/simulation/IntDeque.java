package io.thumbnailer.scalinglab.simulation;

import java.util.Arrays;

/** A queue of numbers with insertion at both ends and removal at the front. */
final class IntDeque {
  private int[] ring = new int[64];
  private int head;
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  int first() {
    return ring[head];
  }

  void addLast(int value) {
    grow();
    ring[(head + size++) & (ring.length - 1)] = value;
  }

  void addFirst(int value) {
    grow();
    head = (head - 1) & (ring.length - 1);
    ring[head] = value;
    size++;
  }

  int removeFirst() {
    int value = ring[head];
    head = (head + 1) & (ring.length - 1);
    size--;
    return value;
  }

  private void grow() {
    if (size == ring.length) {
      int[] larger = Arrays.copyOf(Arrays.copyOfRange(ring, head, ring.length), size * 2);
      System.arraycopy(ring, 0, larger, ring.length - head, head);
      ring = larger;
      head = 0;
    }
  }
}
