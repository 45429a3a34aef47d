package io.thumbnailer.scalinglab.elasticity;

/**
 * How well the supply of workers followed the demand, by published metrics.
 *
 * <p>With the demand {@code d}, the supply {@code s} and the time {@code T}:
 *
 * <ul>
 *   <li>absolute accuracy [1, 2]: {@code a_U = 1/T * integral max(d - s, 0)} and {@code a_O = 1/T *
 *       integral max(s - d, 0)}: the mean number of workers that were missing or surplus
 *   <li>normalised accuracy [3, 4]: {@code theta_U = 100/T * integral max(d - s, 0) / d} and {@code
 *       theta_O = 100/T * integral max(s - d, 0) / d}: the same, relative to the demand
 *   <li>time share [1 to 4]: {@code tau_U = 100/T * integral max(sgn(d - s), 0)} and {@code tau_O =
 *       100/T * integral max(sgn(s - d), 0)}: how long there were too few or too many
 *   <li>jitter [1]: {@code j = (E_s - E_d) / T}, where {@code E} is the number of workers added and
 *       removed; a step by three workers counts as three. Above zero for needless adaptations,
 *       below zero for missing ones
 *   <li>instability: {@code upsilon = 100/(T - t_1) * sum min(|sgn(delta s) - sgn(delta d)|, 1) *
 *       delta t}: the share of the steps in which the supply did not move in the direction of the
 *       demand. It is the sum of the two instabilities of [2], {@code kappa} (the supply moved up
 *       relative to the demand) and {@code kappa'} (down)
 *   <li>elastic speedup [4]: the geometric mean of {@code x_n / x_a} over {@code theta_U}, {@code
 *       theta_O}, {@code tau_U} and {@code tau_O}, where {@code n} is the run without an autoscaler
 *       and {@code a} the run with one; above 1 where the autoscaler is better
 * </ul>
 *
 * <p>Choices of this lab: where the demand is zero, the divisor of {@code theta} is one, so that a
 * scaler that keeps one worker is 100 % over, not infinitely; {@code upsilon} uses steps of one
 * minute; {@code j} is per hour.
 *
 * <ol>
 *   <li>N. Herbst, S. Kounev, A. Weber and H. Groenda, "BUNGEE: An Elasticity Benchmark for
 *       Self-Adaptive IaaS Cloud Environments", SEAMS 2015, and the {@code metric} package of its
 *       source (github.com/NikolasHerbst/BUNGEE)
 *   <li>A. Ilyushkin et al., "An Experimental Performance Evaluation of Autoscalers for Complex
 *       Workflows", ACM ToMPECS 3(2), 2018
 *   <li>N. Herbst et al., "Ready for Rain? A View from SPEC Research on the Future of Cloud
 *       Metrics", SPEC-RG-2016-01, arXiv 1604.03470
 *   <li>M. Imdoukh, I. Ahmad and M. G. Alfailakawi, "Machine learning-based auto-scaling for
 *       containerized applications", Neural Computing and Applications, 2019, equations 12 to 16
 * </ol>
 *
 * @param underWorkers {@code a_U}, workers
 * @param overWorkers {@code a_O}, workers
 * @param underAccuracy {@code theta_U}, per cent
 * @param overAccuracy {@code theta_O}, per cent
 * @param underTimeShare {@code tau_U}, per cent of the time
 * @param overTimeShare {@code tau_O}, per cent of the time
 * @param instability {@code upsilon}, per cent of the steps
 * @param jitter {@code j}, workers an hour
 */
public record ElasticityMetrics(
    double underWorkers,
    double overWorkers,
    double underAccuracy,
    double overAccuracy,
    double underTimeShare,
    double overTimeShare,
    double instability,
    double jitter) {

  private static final double INSTABILITY_STEP_SECONDS = 60;
  private static final double HOUR_SECONDS = 3600;

  /** Compares the two from the time 0 to {@code seconds}, which is above 0. */
  public static ElasticityMetrics of(StepFunction demand, StepFunction supply, double seconds) {
    double missingWorkers = 0;
    double surplusWorkers = 0;
    double missing = 0;
    double surplus = 0;
    double under = 0;
    double over = 0;
    int d = 0;
    int s = 0;
    double now = 0;
    while (now < seconds) {
      double next = Math.min(seconds, Math.min(end(demand, d), end(supply, s)));
      double length = next - now;
      double wanted = demand.value(d);
      double there = supply.value(s);
      double divisor = Math.max(1, wanted);
      if (there < wanted) {
        missingWorkers += (wanted - there) * length;
        missing += (wanted - there) / divisor * length;
        under += length;
      } else if (there > wanted) {
        surplusWorkers += (there - wanted) * length;
        surplus += (there - wanted) / divisor * length;
        over += length;
      }
      if (end(demand, d) <= next) {
        d++;
      }
      if (end(supply, s) <= next) {
        s++;
      }
      now = next;
    }
    double percent = 100 / seconds;
    return new ElasticityMetrics(
        missingWorkers / seconds,
        surplusWorkers / seconds,
        missing * percent,
        surplus * percent,
        under * percent,
        over * percent,
        instability(demand, supply, seconds),
        (adaptations(supply, seconds) - adaptations(demand, seconds)) * HOUR_SECONDS / seconds);
  }

  /** {@code epsilon}; not a number if a metric of either is zero, because it is then undefined. */
  public static double speedup(double[] without, double[] with) {
    double product = 1;
    for (int i = 0; i < without.length; i++) {
      if (without[i] == 0 || with[i] == 0) {
        return Double.NaN;
      }
      product *= without[i] / with[i];
    }
    return Math.pow(product, 1.0 / without.length);
  }

  /** The number of workers added and removed. */
  private static double adaptations(StepFunction function, double seconds) {
    double workers = 0;
    for (int i = 1; i < function.size() && function.time(i) < seconds; i++) {
      workers += Math.abs(function.value(i) - function.value(i - 1));
    }
    return workers;
  }

  private static double instability(StepFunction demand, StepFunction supply, double seconds) {
    int steps = 0;
    int apart = 0;
    for (double now = INSTABILITY_STEP_SECONDS; now < seconds; now += INSTABILITY_STEP_SECONDS) {
      double before = now - INSTABILITY_STEP_SECONDS;
      double demandMoved = Math.signum(demand.at(now) - demand.at(before));
      double supplyMoved = Math.signum(supply.at(now) - supply.at(before));
      steps++;
      if (demandMoved != supplyMoved) {
        apart++;
      }
    }
    return steps == 0 ? 0 : 100.0 * apart / steps;
  }

  private static double end(StepFunction function, int piece) {
    return piece + 1 < function.size() ? function.time(piece + 1) : Double.POSITIVE_INFINITY;
  }
}
