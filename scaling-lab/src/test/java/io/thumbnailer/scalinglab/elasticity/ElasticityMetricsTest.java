package io.thumbnailer.scalinglab.elasticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thumbnailer.scalinglab.load.Workload;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ElasticityMetricsTest {
  @Test
  void definitionsAreWorkedOutByHand() {
    // Demand 2, from 100 s to 300 s 4, then 2; supply 2, from 150 s 6, from 400 s 2; 500 s in all.
    StepFunction demand = new StepFunction(2);
    demand.set(100, 4);
    demand.set(300, 2);
    StepFunction supply = new StepFunction(2);
    supply.set(150, 6);
    supply.set(400, 2);
    ElasticityMetrics metrics = ElasticityMetrics.of(demand, supply, 500);
    // 2 of 4 missing for 50 s: 100/500 x 25
    assertThat(metrics.underAccuracy()).isCloseTo(5, within(1e-9));
    // 2 of 4 too many for 150 s, 4 of 2 for 100 s: 100/500 x (75 + 200)
    assertThat(metrics.overAccuracy()).isCloseTo(55, within(1e-9));
    assertThat(metrics.underTimeShare()).isCloseTo(10, within(1e-9));
    assertThat(metrics.overTimeShare()).isCloseTo(50, within(1e-9));
    // Minutes 0..7 of the steps up to 480 s: demand moves in the 2nd and 5th, supply in the 3rd and
    // 7th: four of eight differ.
    assertThat(metrics.instability()).isCloseTo(50, within(1e-9));
    // 2 missing for 50 s of 500; 2 too many for 150 s and 4 for 100 s
    assertThat(metrics.underWorkers()).isCloseTo(0.2, within(1e-9));
    assertThat(metrics.overWorkers()).isCloseTo(1.4, within(1e-9));
    // Two changes each
    assertThat(metrics.jitter()).isZero();
  }

  @Test
  void jitterCountsTheChangesThatNothingAskedFor() {
    StepFunction supply = new StepFunction(1);
    supply.set(100, 2);
    supply.set(200, 1);
    supply.set(300, 2);
    // Three in 600 s
    assertThat(ElasticityMetrics.of(new StepFunction(1), supply, 600).jitter())
        .isCloseTo(18, within(1e-9));
  }

  @Test
  void deviationIsTheDistanceFromPerfectAndSpeedupAMeanOfRatios() {
    assertThat(ElasticityMetrics.deviation(0, 0, 0)).isZero();
    // (3^2 + 4^2)^(1/2)
    assertThat(ElasticityMetrics.deviation(3, 4)).isCloseTo(5, within(1e-9));
    // sqrt(8/2 x 9/1)
    assertThat(ElasticityMetrics.speedup(new double[] {8, 9}, new double[] {2, 1}))
        .isCloseTo(6, within(1e-9));
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
