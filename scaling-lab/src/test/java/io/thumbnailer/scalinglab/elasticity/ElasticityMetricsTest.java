package io.thumbnailer.scalinglab.elasticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thumbnailer.scalinglab.load.Workload;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ElasticityMetricsTest {
  private static final Offset<Double> EXACT = within(1e-9);

  /**
   * Eight minutes. Demand 2, from 120 s 4, from 300 s 1. Supply 2, from 150 s 5, from 330 s 4, from
   * 390 s 1. So 2 of 4 are missing for 30 s; 1 of 4 is too many for 150 s, then 4 of 1 for 30 s,
   * and 3 of 1 for 60 s.
   */
  private static ElasticityMetrics example() {
    StepFunction demand = new StepFunction(2);
    demand.set(120, 4);
    demand.set(300, 1);
    StepFunction supply = new StepFunction(2);
    supply.set(150, 5);
    supply.set(330, 4);
    supply.set(390, 1);
    return ElasticityMetrics.of(demand, supply, 480);
  }

  @Test
  void absoluteAccuracyIsTheMeanNumberOfWorkersMissingOrTooMany() {
    // 2 x 30 s, and 1 x 150 s + 4 x 30 s + 3 x 60 s
    assertThat(example().underWorkers()).isCloseTo(60 / 480.0, EXACT);
    assertThat(example().overWorkers()).isCloseTo(450 / 480.0, EXACT);
  }

  @Test
  void normalisedAccuracyDividesByTheDemandOfTheMoment() {
    // 2/4 x 30 s, and 1/4 x 150 s + 4/1 x 30 s + 3/1 x 60 s
    assertThat(example().underAccuracy()).isCloseTo(100 * 15 / 480.0, EXACT);
    assertThat(example().overAccuracy()).isCloseTo(100 * 337.5 / 480, EXACT);
  }

  @Test
  void timeShareCountsTheTimeWithTooFewOrTooMany() {
    assertThat(example().underTimeShare()).isCloseTo(100 * 30 / 480.0, EXACT);
    assertThat(example().overTimeShare()).isCloseTo(100 * 240 / 480.0, EXACT);
  }

  @Test
  void instabilityIsTheShareOfMinutesInWhichSupplyDoesNotMoveAsDemandDoes() {
    // Read each minute, demand is 2 2 4 4 4 1 1 1 and supply 2 2 2 5 5 5 4 1: of seven steps the
    // demand moves in the 2nd and 5th, the supply in the 3rd, 6th and 7th.
    assertThat(example().instability()).isCloseTo(100 * 5 / 7.0, EXACT);
  }

  @Test
  void jitterCountsEachWorkerAddedOrRemoved() {
    // Supply 3 + 1 + 3, demand 2 + 3, in 480 s; the number of steps would give 3 - 2.
    assertThat(example().jitter()).isCloseTo((7 - 5) * 3600 / 480.0, EXACT);
    StepFunction eager = new StepFunction(1);
    eager.set(100, 2);
    eager.set(200, 1);
    eager.set(300, 2);
    ElasticityMetrics needless = ElasticityMetrics.of(new StepFunction(1), eager, 600);
    assertThat(needless.jitter()).isCloseTo(18, EXACT);
    ElasticityMetrics missed = ElasticityMetrics.of(eager, new StepFunction(1), 600);
    assertThat(missed.jitter()).isCloseTo(-18, EXACT);
  }

  @Test
  void speedupIsTheGeometricMeanOfRatios() {
    // (8/2 x 9/1 x 3/3 x 4/9)^(1/4) = 16^(1/4)
    assertThat(ElasticityMetrics.speedup(new double[] {8, 9, 3, 4}, new double[] {2, 1, 3, 9}))
        .isCloseTo(2, EXACT);
    assertThat(ElasticityMetrics.speedup(new double[] {0, 9}, new double[] {2, 1})).isNaN();
  }

  @Test
  void aPerfectSupplyHasZeroErrors() {
    StepFunction demand = new StepFunction(1);
    demand.set(60, 5);
    demand.set(120, 0);
    assertThat(ElasticityMetrics.of(demand, demand, 300))
        .isEqualTo(new ElasticityMetrics(0, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void aWorkerWithoutDemandIsOneTooMany() {
    ElasticityMetrics metrics = ElasticityMetrics.of(new StepFunction(0), new StepFunction(1), 100);
    assertThat(metrics.overAccuracy()).isCloseTo(100, within(1e-9));
    assertThat(metrics.underAccuracy()).isZero();
  }

  @Test
  void erlangsFormulaGivesTheTabulatedValues() {
    // C(1, 0.5) = rho; C(2, 1) = 1/3; C(4, 3) = 27/53
    assertThat(Demand.erlangC(1, 0.5)).isCloseTo(0.5, within(1e-12));
    assertThat(Demand.erlangC(2, 1)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(Demand.erlangC(4, 3)).isCloseTo(27 / 53.0, within(1e-12));
  }

  @Test
  void demandIsTheFewestWorkersThatKeepTheObjective() {
    Demand demand = new Demand(60, new Objective(1, 0.95), 1);
    // 3 jobs/s of 1 s: with 4, C exp(-1) = 0.187 wait longer than 1 s; with 5, C(5,3) exp(-2) =
    // 0.032
    assertThat(demand.workers(3, 1)).isEqualTo(5);
    assertThat(new Demand(60, new Objective(60, 0.95), 1).workers(3, 1)).isEqualTo(4);
    assertThat(new Demand(60, new Objective(60, 0.95), 2).workers(3, 1)).isEqualTo(2);
  }

  @Test
  void demandComesFromTheArrivalsOfEachWindow() {
    double[] arrivals =
        DoubleStream.concat(DoubleStream.iterate(60, t -> t + 0.5).limit(120), DoubleStream.of(185))
            .toArray();
    double[] work = DoubleStream.generate(() -> 1).limit(arrivals.length).toArray();
    StepFunction demand =
        new Demand(60, new Objective(60, 0.95), 1).of(Workload.of("test", 300, arrivals, work));
    assertThat(demand.at(30)).isZero();
    assertThat(demand.at(90)).isEqualTo(3);
    assertThat(demand.at(150)).isZero();
    assertThat(demand.at(200)).isEqualTo(1);
    assertThat(demand.at(250)).isZero();
  }

  @Test
  void stepFunctionsAreReadAtTheirEdges() {
    StepFunction function = new StepFunction(1);
    function.set(10, 3);
    function.set(20, 2);
    assertThat(function.at(0)).isEqualTo(1);
    assertThat(function.at(9.99)).isEqualTo(1);
    assertThat(function.at(10)).isEqualTo(3);
    assertThat(function.at(1000)).isEqualTo(2);
    assertThat(function.integral(30)).isEqualTo(10 + 30 + 20);
    assertThat(function.highest(0, 10)).isEqualTo(1);
    assertThat(function.highest(5, 15)).isEqualTo(3);
  }
}
