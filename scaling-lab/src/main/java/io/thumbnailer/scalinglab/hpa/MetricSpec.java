package io.thumbnailer.scalinglab.hpa;

/** One entry of {@code spec.metrics}: the metric and its target. */
public sealed interface MetricSpec {

  /** A name for messages and series. */
  String label();

  /**
   * A resource's use as a part of what the pods request.
   *
   * @param resource {@code cpu} or {@code memory}
   * @param targetPercent of the request, at least 1
   */
  record ResourceUtilization(String resource, int targetPercent) implements MetricSpec {
    /** Throws {@link IllegalArgumentException} for a target below 1. */
    public ResourceUtilization {
      requirePositive(targetPercent);
    }

    @Override
    public String label() {
      return resource + " " + targetPercent + " %";
    }
  }

  /**
   * A resource's use as a mean over the pods.
   *
   * @param resource {@code cpu} or {@code memory}
   * @param targetMilli thousandths of the resource's unit, at least 1
   */
  record ResourceAverageValue(String resource, long targetMilli) implements MetricSpec {
    /** Throws {@link IllegalArgumentException} for a target below 1. */
    public ResourceAverageValue {
      requirePositive(targetMilli);
    }

    @Override
    public String label() {
      return resource + " mean " + targetMilli + "m";
    }
  }

  /**
   * A metric of the pods themselves as a mean over the pods.
   *
   * @param metric its name
   * @param targetMilli thousandths, at least 1
   */
  record PodsAverageValue(String metric, long targetMilli) implements MetricSpec {
    /** Throws {@link IllegalArgumentException} for a target below 1. */
    public PodsAverageValue {
      requirePositive(targetMilli);
    }

    @Override
    public String label() {
      return metric + " mean " + decimal(targetMilli);
    }
  }

  /**
   * A metric from outside the cluster's objects, divided by the number of pods.
   *
   * @param metric its name
   * @param targetMilli thousandths for each pod, at least 1
   */
  record ExternalAverageValue(String metric, long targetMilli) implements MetricSpec {
    /** Throws {@link IllegalArgumentException} for a target below 1. */
    public ExternalAverageValue {
      requirePositive(targetMilli);
    }

    @Override
    public String label() {
      return metric + " " + decimal(targetMilli) + " per pod";
    }
  }

  /**
   * A metric from outside the cluster's objects as it is.
   *
   * @param metric its name
   * @param targetMilli thousandths, at least 1
   */
  record ExternalValue(String metric, long targetMilli) implements MetricSpec {
    /** Throws {@link IllegalArgumentException} for a target below 1. */
    public ExternalValue {
      requirePositive(targetMilli);
    }

    @Override
    public String label() {
      return metric + " " + decimal(targetMilli);
    }
  }

  private static void requirePositive(long target) {
    if (target < 1) {
      throw new IllegalArgumentException("a metric's target must be positive");
    }
  }

  private static String decimal(long milli) {
    return milli % 1000 == 0 ? Long.toString(milli / 1000) : Double.toString(milli / 1000.0);
  }
}
