package io.thumbnailer.scalinglab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thumbnailer.scalinglab.elasticity.Objective;
import io.thumbnailer.scalinglab.hpa.ControllerSettings;
import io.thumbnailer.scalinglab.load.RateShape;
import io.thumbnailer.scalinglab.load.ServiceTimes;
import io.thumbnailer.scalinglab.manifest.ShippedManifests;
import io.thumbnailer.scalinglab.simulation.ControlPlane;
import io.thumbnailer.scalinglab.simulation.MetricPipeline;
import io.thumbnailer.scalinglab.simulation.NodeModel;
import io.thumbnailer.scalinglab.simulation.Outages;
import io.thumbnailer.scalinglab.simulation.SimulationSettings;
import io.thumbnailer.scalinglab.simulation.WorkerModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyTest {
  private static final ServiceTimes SERVICE = ServiceTimes.lognormal(0.5, 0.5);
  private static final StudyPlan PLAN =
      new StudyPlan(
          List.of(RateShape.constant(6), RateShape.step(2, 12, 600, 1800)),
          3000,
          SERVICE,
          new SimulationSettings(
              new WorkerModel(
                  1,
                  new WorkerModel.Cpu(500, 1, 0.9, 0),
                  new WorkerModel.Start(2, 12, 0.1, 1, 2, 5),
                  new WorkerModel.WarmUp(0, 2, 10),
                  new WorkerModel.End(20, 2)),
              NodeModel.AMPLE,
              MetricPipeline.DEFAULT,
              ControlPlane.DEFAULT,
              Outages.NONE,
              Objective.DEFAULT,
              1,
              SimulationSettings.WARM,
              3600,
              false,
              20),
          3,
          1,
          0.02,
          20);

  @Test
  void everyPolicyRunsOnEveryShapeWithEverySeed() throws Exception {
    Study study = new Study(PLAN, 2);
    Map<String, Integer> best = study.bestStatic();
    // 6 jobs/s of 0.5 s are 3 workers' work: 3 cannot keep up for ever, 4 can; 12 are 6
    assertThat(best.get("constant")).isEqualTo(4);
    assertThat(best.get("step")).isBetween(6, 8);
    List<Policy> policies = standard().all(best);
    Study.Runs runs = study.run(policies, Progress.SILENT);
    assertThat(runs.outcomes()).hasSize(policies.size() * 2 * 3);
    assertThat(runs.timelines()).hasSize(policies.size() * 2);
    List<SummaryRow> summary = Study.summarize(policies, runs.outcomes());
    SummaryRow oracle = row(summary, "oracle");
    for (SummaryRow row : summary) {
      if (row.shape().equals(SummaryRow.ALL) && !row.kind().isYardstick()) {
        boolean cheaper = row.podHours().mean() < oracle.podHours().mean();
        boolean asGood = row.tauUnder().mean() <= oracle.tauUnder().mean();
        assertThat(cheaper && asGood).as(row.policy() + " beats the oracle").isFalse();
      }
    }
    assertThat(oracle.latePercent().mean()).isLessThan(1);
    assertThat(oracle.tauUnder().mean()).isLessThan(1);
    Recommendation recommendation =
        Recommendation.of(policies, Study.passes(summary, Objective.DEFAULT), runs.outcomes());
    assertThat(recommendation.simplest())
        .isIn(
            policies.stream()
                .filter(policy -> policy.kind().isCandidate())
                .map(Policy::name)
                .toList());
  }

  @Test
  void theResultDoesNotDependOnTheThreads() throws Exception {
    Study one = new Study(PLAN, 1);
    Study three = new Study(PLAN, 3);
    List<Policy> policies = standard().all(Map.of("constant", 4, "step", 7)).subList(0, 4);
    assertThat(three.run(policies, Progress.SILENT).outcomes())
        .isEqualTo(one.run(policies, Progress.SILENT).outcomes());
  }

  @Test
  void confidenceIsByStudentsT() {
    // Mean 3, deviation sqrt(2.5), t(4) = 2.776: 2.776 x 1.5811 / sqrt(5)
    Estimate estimate = Estimate.of(1, 2, 3, 4, 5);
    assertThat(estimate.mean()).isEqualTo(3);
    assertThat(estimate.halfWidth()).isCloseTo(1.963, within(0.001));
    assertThat(Estimate.of(Double.NaN, 4).mean()).isEqualTo(4);
    assertThat(Estimate.of(Double.NaN).mean()).isNaN();
  }

  private static StandardPolicies standard() {
    return new StandardPolicies(
        ShippedManifests.read(Path.of("..", "kubernetes")),
        ControllerSettings.DEFAULTS,
        new PolicyPlugin.Worker(2, 16, 1, 20),
        Objective.DEFAULT);
  }

  private static SummaryRow row(List<SummaryRow> summary, String policy) {
    return summary.stream()
        .filter(row -> row.policy().equals(policy) && row.shape().equals(SummaryRow.ALL))
        .findFirst()
        .orElseThrow();
  }
}
