package io.thumbnailer.scalinglab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thumbnailer.scalinglab.elasticity.Objective;
import io.thumbnailer.scalinglab.hpa.ControllerSettings;
import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.hpa.MetricSpec;
import io.thumbnailer.scalinglab.hpa.ScalingBehavior;
import io.thumbnailer.scalinglab.load.RateShape;
import io.thumbnailer.scalinglab.load.ServiceTimes;
import io.thumbnailer.scalinglab.load.Workload;
import io.thumbnailer.scalinglab.scaler.ClusterView;
import io.thumbnailer.scalinglab.scaler.FixedScaler;
import io.thumbnailer.scalinglab.scaler.HpaScaler;
import io.thumbnailer.scalinglab.scaler.QueueMetrics;
import io.thumbnailer.scalinglab.scaler.Scaler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final WorkerModel PLAIN =
      new WorkerModel(
          1,
          new WorkerModel.Cpu(500, 1, 1, 0),
          new WorkerModel.Start(1, 10, 0, 1, 0, 0),
          WorkerModel.WarmUp.NONE,
          new WorkerModel.End(20, 1));

  private static final WorkerModel COLD =
      new WorkerModel(1, PLAIN.cpu(), PLAIN.start(), new WorkerModel.WarmUp(0, 3, 10), PLAIN.end());

  @Test
  void waitsInAQueueWithOneServerMatchTheory() {
    // M/M/1 with rho = 0.8 and service of 1 s: the mean wait is rho / (1 - rho) = 4 s
    Workload workload =
        Workload.draw(
            RateShape.constant(0.8), 2_000_000, ServiceTimes.measured(exponential(20_000)), 1);
    SimulationResult result = run(workload, new FixedScaler(1), PLAIN, 1);
    assertThat(result.waits().getMean() / 1000).isCloseTo(4.0, within(0.25));
    assertThat(result.unfinished()).isZero();
    assertThat(result.waits().getTotalCount()).isEqualTo(workload.size());
  }

  @Test
  void waitsWithSeveralServersMatchErlangsFormula() {
    // M/M/4, a = 3: C(4, 3) = 0.5094; the mean wait is C / (n mu - lambda) = 0.5094 s
    Workload workload =
        Workload.draw(
            RateShape.constant(3), 500_000, ServiceTimes.measured(exponential(20_000)), 2);
    SimulationResult result = run(workload, new FixedScaler(4), PLAIN, 4);
    assertThat(result.waits().getMean() / 1000).isCloseTo(0.5094, within(0.03));
  }

  @Test
  void fixedServiceWaitsHalfAsLong() {
    // M/D/1 with rho = 0.8: rho / (2 (1 - rho)) = 2 s (Pollaczek and Khinchine)
    Workload workload =
        Workload.draw(RateShape.constant(0.8), 1_000_000, ServiceTimes.measured(1, 1), 3);
    SimulationResult result = run(workload, new FixedScaler(1), PLAIN, 1);
    assertThat(result.waits().getMean() / 1000).isCloseTo(2.0, within(0.1));
  }

  @Test
  void jobsOnOneCoreShareIt() {
    // Two jobs of 10 s on one core, the second 4 s later: at 16 s the first has had 4 + 12/2 = 10
    // s;
    // the second then had 6 s, and needs 4 more alone: 20 s.
    Workload workload = Workload.of("two", 100, new double[] {0, 4}, new double[] {10, 10});
    SimulationResult result =
        run(
            workload,
            new FixedScaler(1),
            new WorkerModel(2, PLAIN.cpu(), PLAIN.start(), PLAIN.warmUp(), PLAIN.end()),
            1);
    assertThat(result.waits().getMaxValue()).isZero();
    assertThat(result.responses().getMaxValue()).isCloseTo(16_000, within(10L));
    assertThat(result.responses().getMinValue()).isCloseTo(16_000, within(10L));
  }

  @Test
  void aNewWorkerTakesJobsAfterItsStart() {
    // Decided at 5 s, container 1 s, boot 10 s: at 16 s
    Workload workload = Workload.of("one", 100, new double[] {0}, new double[] {1});
    SimulationResult result = run(workload, at(5, 1), PLAIN, 0);
    assertThat(result.waits().getMaxValue()).isCloseTo(16_000, within(10L));
    assertThat(result.supply().at(15.9)).isZero();
    assertThat(result.supply().at(16.1)).isEqualTo(1);
    assertThat(result.paid().at(5.1)).isEqualTo(1);
  }

  @Test
  void aColdWorkerIsSlowerThanAWarmOne() {
    Workload workload = Workload.of("one", 100, new double[] {0}, new double[] {2});
    SimulationResult cold = run(workload, at(0, 1), COLD, 0);
    // 11 s until it takes jobs, then four times 2 s
    assertThat(cold.responses().getMaxValue()).isCloseTo(19_000, within(15L));
    SimulationResult warm = run(workload, new FixedScaler(1), COLD, 1);
    assertThat(warm.responses().getMaxValue()).isCloseTo(2_000, within(5L));
  }

  @Test
  void aStoppedWorkerFinishesWithinItsGraceAndHandsBackTheRest() {
    Workload workload = Workload.of("two", 200, new double[] {0, 0}, new double[] {60, 60});
    // Two workers; at 5 s one has to go.
    SimulationResult result = run(workload, at(5, 1), PLAIN, 2);
    assertThat(result.interrupted()).isEqualTo(1);
    assertThat(result.unfinished()).isZero();
    // Stopped at 5 s, handed back at 25 s; the other is free at 60 s and does all 60 s again.
    assertThat(result.responses().getMaxValue()).isCloseTo(120_000, within(100L));
    assertThat(result.paid().at(25.5)).isEqualTo(2);
    assertThat(result.paid().at(26.5)).isEqualTo(1);
  }

  @Test
  void aWorkerThatExistedBeforeTheRunIsWarm() {
    Workload workload = Workload.of("one", 100, new double[] {0}, new double[] {2});
    SimulationResult result = run(workload, new FixedScaler(1), COLD, 1, 10);
    // 1 + 3 / e times 2 s
    assertThat(result.responses().getMaxValue()).isCloseTo(4_207, within(15L));
  }

  @Test
  void podsWithoutRoomWaitForANode() {
    Workload workload = Workload.of("two", 400, new double[] {0, 0}, new double[] {200, 200});
    SimulationSettings settings =
        new SimulationSettings(
            PLAIN,
            new NodeModel(1, 1, 60, 5),
            MetricPipeline.DEFAULT,
            ControlPlane.IMMEDIATE,
            Outages.NONE,
            Objective.DEFAULT,
            0,
            SimulationSettings.WARM,
            600,
            false,
            5);
    SimulationResult result = new Simulation(workload, at(0, 2), settings, 1).run();
    // 1 s for the container and 10 s to boot; the second waits for its node and the image before.
    assertThat(result.waits().getMinValue()).isCloseTo(11_000, within(100L));
    assertThat(result.waits().getMaxValue()).isCloseTo(76_000, within(100L));
    assertThat(result.paid().at(59)).isEqualTo(1);
    assertThat(result.paid().at(61)).isEqualTo(2);
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    Workload workload =
        Workload.draw(RateShape.step(1, 8, 600, 1800), 3600, ServiceTimes.lognormal(1, 0.5), 7);
    SimulationResult first = run(workload, hpa(5), PLAIN, 1);
    SimulationResult second = run(workload, hpa(5), PLAIN, 1);
    assertThat(second.podSeconds()).isEqualTo(first.podSeconds());
    assertThat(second.waits()).isEqualTo(first.waits());
  }

  @Test
  void aStepIsFollowedAsWorkedOutByHand() {
    // 4 jobs/s of 1 s each, evenly, from 100 s on; one warm worker, 2 jobs for each worker wanted.
    double[] arrivals = DoubleStream.iterate(100, t -> t + 0.25).takeWhile(t -> t < 400).toArray();
    double[] work = DoubleStream.generate(() -> 1).limit(arrivals.length).toArray();
    Workload workload = Workload.of("step", 400, arrivals, work);
    List<int[]> decisions = new ArrayList<>();
    HpaScaler hpa = hpa(2);
    Scaler watched =
        new Scaler() {
          @Override
          public double nextSeconds() {
            return hpa.nextSeconds();
          }

          @Override
          public int decide(ClusterView cluster) {
            int replicas = hpa.decide(cluster);
            decisions.add(new int[] {(int) cluster.seconds(), cluster.specReplicas(), replicas});
            return replicas;
          }
        };
    SimulationResult result = run(workload, watched, PLAIN, 1);
    int[] first = decisions.stream().filter(d -> d[2] > d[1]).findFirst().orElseThrow();
    // One worker does 1 job/s, so the backlog grows by 3 a second. The first sample after 100 s is
    // at most 15 s + 1 s old when the controller sees it, and so it acts by 131 s.
    assertThat(first[0]).isBetween(100, 131);
    // From one: at most max(2 x 1, 1 + 4) = 5 at once.
    assertThat(first[2]).isBetween(2, 5);
    assertThat(result.unfinished()).isZero();
    assertThat(result.wanted().highest(0, 400)).isBetween(4.0, 20.0);
    // At most four or as many again within 15 s.
    for (int[] decision : decisions) {
      assertThat(decision[2]).isLessThanOrEqualTo(Math.max(decision[1] * 2, decision[1] + 4));
    }
  }

  @Test
  void theJobsOfALostNodeAreTakenOverAndItsPodsReplacedOnceItIsDeclaredLost() {
    // One worker on each of two nodes; one node is lost at 50 s, while both work.
    Workload workload = Workload.of("two", 1000, new double[] {40, 40}, new double[] {20, 20});
    SimulationSettings settings =
        new SimulationSettings(
            PLAIN,
            new NodeModel(2, 4, 60, 0),
            MetricPipeline.DEFAULT,
            ControlPlane.IMMEDIATE,
            Outages.node(50),
            Objective.DEFAULT,
            2,
            SimulationSettings.WARM,
            600,
            false,
            5);
    SimulationResult result = new Simulation(workload, new FixedScaler(2), settings, 1).run();
    assertThat(result.interrupted()).isEqualTo(1);
    assertThat(result.unfinished()).isZero();
    // The lease ends at 65 s; the other worker is free since 60 s.
    assertThat(result.responses().getMaxValue()).isCloseTo(45_000, within(100L));
    assertThat(result.supply().at(60)).isEqualTo(1);
    // Silent for 50 s, then 1 s and 10 s for the new one.
    assertThat(result.supply().at(105)).isEqualTo(1);
    assertThat(result.supply().at(112)).isEqualTo(2);
  }

  @Test
  void attemptsThatFailAreRepeatedUntilTheySucceed() {
    int jobs = 2000;
    double[] arrivals = DoubleStream.iterate(0, t -> t + 100).limit(jobs).toArray();
    double[] work = DoubleStream.generate(() -> 2).limit(jobs).toArray();
    Workload workload = Workload.of("retries", 100.0 * jobs, arrivals, work);
    SimulationSettings settings =
        new SimulationSettings(
            PLAIN,
            NodeModel.AMPLE,
            MetricPipeline.DEFAULT,
            ControlPlane.IMMEDIATE,
            Outages.attempts(0.5),
            Objective.DEFAULT,
            1,
            SimulationSettings.WARM,
            600,
            false,
            5);
    SimulationResult result = new Simulation(workload, new FixedScaler(1), settings, 1).run();
    assertThat(result.unfinished()).isZero();
    // A half succeeds at once. The others wait up to 1 s, work again, and so on: a job takes 2 s
    // for each of 2 attempts on average. Its back-offs have the means 0.5 s, 1 s, 2 s, ... and
    // occur
    // with the probabilities 1/2, 1/4, 1/8, ..., so each of the first seven adds 0.25 s.
    assertThat(result.responses().getValueAtPercentile(49)).isCloseTo(2_000, within(20L));
    assertThat(result.responses().getValueAtPercentile(74)).isBetween(4_000L, 5_020L);
    assertThat(result.responses().getMean()).isBetween(5_300.0, 6_500.0);
  }

  private static HpaScaler hpa(int perWorker) {
    return new HpaScaler(
        new HpaSpec(
            "worker",
            1,
            20,
            List.of(new MetricSpec.ExternalAverageValue(QueueMetrics.BACKLOG, perWorker * 1000L)),
            Optional.of(ScalingBehavior.DEFAULT)),
        ControllerSettings.DEFAULTS,
        3);
  }

  /** Decides once. */
  private static Scaler at(double seconds, int replicas) {
    return new Scaler() {
      private double next = seconds;

      @Override
      public double nextSeconds() {
        return next;
      }

      @Override
      public int decide(ClusterView cluster) {
        next = Double.POSITIVE_INFINITY;
        return replicas;
      }
    };
  }

  private static SimulationResult run(
      Workload workload, Scaler scaler, WorkerModel worker, int initial) {
    return run(workload, scaler, worker, initial, SimulationSettings.WARM);
  }

  private static SimulationResult run(
      Workload workload, Scaler scaler, WorkerModel worker, int initial, int initialJobs) {
    SimulationSettings settings =
        new SimulationSettings(
            worker,
            NodeModel.AMPLE,
            MetricPipeline.DEFAULT,
            ControlPlane.IMMEDIATE,
            Outages.NONE,
            Objective.DEFAULT,
            initial,
            initialJobs,
            1e6,
            false,
            5);
    return new Simulation(workload, scaler, settings, 1).run();
  }

  /** Quantiles of the exponential distribution with mean 1. */
  private static double[] exponential(int count) {
    double[] quantiles = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      quantiles[i] = -Math.log1p(-(i + 0.5) / count);
      sum += quantiles[i];
    }
    double mean = sum / count;
    return DoubleStream.of(quantiles).map(q -> q / mean).toArray();
  }
}
