package io.thumbnailer.scalinglab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VictimOrderTest {
  private static final double NOW = 10_000;

  private static final WorkerModel WORKER =
      new WorkerModel(
          2,
          new WorkerModel.Cpu(500, 1, 1, 0),
          new WorkerModel.Start(1, 10, 0, 1, 0, 0),
          WorkerModel.WarmUp.NONE,
          new WorkerModel.End(20, 1));

  private final List<Pod> pods = new ArrayList<>();

  @Test
  void aPodThatIsNotReadyGoesBeforeOneThatIs() {
    Pod ready = pod(0, 100, 0);
    Pod boots = pod(1, NOW - 5, 1);
    Pod pending = pod(2, NOW - 0.5, 2);
    assertThat(order(false)).containsExactly(pending, boots, ready);
  }

  @Test
  void aNodeWithMoreReadyPodsLosesOneFirst() {
    Pod alone = pod(0, NOW - 60, 0);
    Pod old = pod(1, 100, 1);
    Pod older = pod(2, 50, 1);
    assertThat(order(false)).last().isEqualTo(alone);
    assertThat(order(false).subList(0, 2)).containsExactlyInAnyOrder(old, older);
  }

  @Test
  void agesOfTheSamePowerOfTwoAreEqualAndTheUidDecides() {
    // 5000 s and 6000 s: both 2^42 ns and more, below 2^43
    Pod younger = pod(9, NOW - 5011, 0);
    Pod older = pod(3, NOW - 6011, 1);
    assertThat(order(false)).containsExactly(older, younger);
    Pod young = pod(8, NOW - 100, 2);
    assertThat(order(false)).first().isEqualTo(young);
  }

  @Test
  void aDeletionCostSparesTheWorkerWithAJob() {
    Pod busy = pod(0, NOW - 60, 0);
    busy.start(0, 1, NOW);
    Pod idle = pod(1, 100, 1);
    assertThat(order(true)).containsExactly(idle, busy);
    assertThat(order(false)).containsExactly(busy, idle);
  }

  private List<Pod> order(boolean deletionCost) {
    return pods.stream().sorted(new VictimOrder(pods, NOW, deletionCost).comparator()).toList();
  }

  private Pod pod(long uid, double createdAt, int node) {
    Pod pod = new Pod(pods.size(), uid, node, createdAt, createdAt, 0, 10, 0, WORKER, Map.of());
    pods.add(pod);
    return pod;
  }
}
