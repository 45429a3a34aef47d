package io.thumbnailer.scalinglab.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thumbnailer.scalinglab.simulation.WorkerModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerCalibrationTest {
  private static final WorkerCalibration MEASURED =
      new WorkerCalibration(
          1,
          "800x600",
          List.of(10.0, 30.0),
          List.of(0.1, 0.3),
          List.of(2.0),
          new WorkerModel.WarmUp(5, 9, 12),
          4,
          new CpuUse("20-60 ms", List.of(0.05, 0.06), List.of(0.2, 0.3), 0.03, 0.8),
          "here");

  @Test
  void measuredTimesReplaceAssumedOnesAndPodsStay() {
    WorkerModel model = MEASURED.applyTo(pod(1));
    assertThat(model.slots()).isEqualTo(2);
    assertThat(model.cpu()).isEqualTo(new WorkerModel.Cpu(500, 1, 0.25, 0.03));
    assertThat(model.start()).isEqualTo(new WorkerModel.Start(2, 20, 0.5, 0.8, 3, 5));
    assertThat(model.warmUp()).isEqualTo(new WorkerModel.WarmUp(5, 9, 12));
    assertThat(model.end()).isEqualTo(new WorkerModel.End(20, 4));
    assertThat(MEASURED.service().mean()).isCloseTo(0.2, within(1e-9));
  }

  @Test
  void aWorkerWithAnotherCpuShareIsRefused() {
    assertThatThrownBy(() -> MEASURED.applyTo(pod(0.4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.0 cores")
        .hasMessageContaining("0.4");
  }

  private static WorkerModel pod(double limit) {
    return new WorkerModel(
        2,
        new WorkerModel.Cpu(500, limit, 0.9, 0.02),
        new WorkerModel.Start(2, 12, 0.15, 1, 3, 5),
        new WorkerModel.WarmUp(0, 3, 15),
        new WorkerModel.End(20, 2));
  }
}
