package io.thumbnailer.scalinglab.elasticity;

import java.util.Arrays;

/** A piecewise constant function of time, which is built in the order of time. */
public final class StepFunction {
  private double[] times;
  private double[] values;
  private int size;

  /** Creates a function with a value from time 0 on. */
  public StepFunction(double initial) {
    times = new double[16];
    values = new double[16];
    values[0] = initial;
    size = 1;
  }

  /** Sets the value from a time on, which must not be before the last one. */
  public void set(double time, double value) {
    if (time < times[size - 1]) {
      throw new IllegalArgumentException(time + " is before " + times[size - 1]);
    }
    if (values[size - 1] == value) {
      return;
    }
    if (times[size - 1] == time) {
      values[size - 1] = value;
      return;
    }
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    times[size] = time;
    values[size++] = value;
  }

  /** The number of pieces. */
  public int size() {
    return size;
  }

  /** When a piece begins. */
  public double time(int piece) {
    return times[piece];
  }

  /** The value in a piece. */
  public double value(int piece) {
    return values[piece];
  }

  /** The value of the last piece. */
  public double last() {
    return values[size - 1];
  }

  /** The value at a time from 0 on. */
  public double at(double time) {
    int place = Arrays.binarySearch(times, 0, size, time);
    return values[place >= 0 ? place : Math.max(0, -place - 2)];
  }

  /** The highest value from one time to another. */
  public double highest(double from, double to) {
    double highest = at(from);
    for (int i = 0; i < size; i++) {
      if (times[i] > from && times[i] < to) {
        highest = Math.max(highest, values[i]);
      }
    }
    return highest;
  }

  /** The integral over time from 0. */
  public double integral(double to) {
    double sum = 0;
    for (int i = 0; i < size && times[i] < to; i++) {
      sum += values[i] * (Math.min(to, i + 1 < size ? times[i + 1] : to) - times[i]);
    }
    return sum;
  }
}
