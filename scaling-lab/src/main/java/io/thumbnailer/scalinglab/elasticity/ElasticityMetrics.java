package io.thumbnailer.scalinglab.elasticity;

/**
 * How well the supply followed the demand, by the definitions of the SPEC Research Group.
 *
 * <p>With the demand {@code d}, the supply {@code s} and the time {@code T}:
 *
 * <ul>
 *   <li>accuracy: {@code theta_U = 100/T * integral max(d - s, 0) / d} and {@code theta_O = 100/T *
 *       integral max(s - d, 0) / d}: how much was missing or too much, as a part of the demand
 *   <li>time share: {@code tau_U = 100/T * integral [s < d]} and {@code tau_O = 100/T * integral [s
 *       > d]}: how long
 *   <li>instability: {@code upsilon = 100/T * integral min(|sgn(ds) - sgn(dd)|, 1)}: the share of
 *       the steps in which the supply did not move as the demand did
 * </ul>
 *
 * <p>Where the demand is zero, it counts as one in the divisor, because a scaler that keeps one
 * worker then is 100 % over and not infinitely. The instability looks at steps of one minute.
 *
 * <p>Sources: N. Herbst, R. Krebs, G. Oikonomou, G. Kousiouris, A. Evangelinou, A. Iosup and S.
 * Kounev, "Ready for Rain? A View from SPEC Research on the Future of Cloud Metrics",
 * SPEC-RG-2016-01, section 3; the normalised form in N. Herbst et al., "Quantifying Cloud
 * Performance and Dependability: Taxonomy, Metric Design, and Emerging Challenges", ACM ToMPECS
 * 3(4), 2018.
 *
 * @param underAccuracy {@code theta_U}, per cent
 * @param overAccuracy {@code theta_O}, per cent
 * @param underTimeShare {@code tau_U}, per cent of the time
 * @param overTimeShare {@code tau_O}, per cent of the time
 * @param instability {@code upsilon}, per cent of the steps
 */
public record ElasticityMetrics(
    double underAccuracy,
    double overAccuracy,
    double underTimeShare,
    double overTimeShare,
    double instability) {

  private static final double INSTABILITY_STEP_SECONDS = 60;

  /** Compares the two from the time 0 to {@code seconds}, which is above 0. */
  public static ElasticityMetrics of(StepFunction demand, StepFunction supply, double seconds) {
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
        missing += (wanted - there) / divisor * length;
        under += length;
      } else if (there > wanted) {
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
        missing * percent,
        surplus * percent,
        under * percent,
        over * percent,
        instability(demand, supply, seconds));
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
