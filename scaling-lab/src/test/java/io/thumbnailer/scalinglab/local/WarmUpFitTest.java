package io.thumbnailer.scalinglab.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thumbnailer.scalinglab.simulation.WorkerModel.WarmUp;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WarmUpFitTest {
  @Test
  void theFitFindsWhatTheTimesWereMadeOf() {
    SplittableRandom random = new SplittableRandom(1);
    List<Double> times = new ArrayList<>();
    for (int n = 0; n < 300; n++) {
      times.add(0.4 * (1 + 3 * Math.exp(-n / 20.0)) * (0.9 + 0.2 * random.nextDouble()));
    }
    WarmUp fit = WarmUpFit.of(times, 0.4);
    assertThat(fit.factor()).isCloseTo(3, within(0.4));
    assertThat(fit.jobs()).isCloseTo(20, within(4.0));
  }

  @Test
  void theFirstJobDoesNotDistortTheFit() {
    List<Double> times = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      times.add(0.2 * (1 + 2 * Math.exp(-n / 30.0)) + (n == 0 ? 5 : 0));
    }
    WarmUp fit = WarmUpFit.of(times, 0.2);
    assertThat(fit.first()).isCloseTo(25, within(0.5));
    assertThat(fit.factor()).isCloseTo(2, within(0.1));
    assertThat(fit.jobs()).isCloseTo(30, within(2.0));
    assertThat(fit.slowdown(0)).isCloseTo(28, within(0.5));
  }

  @Test
  void aWorkerThatIsWarmAtOnceHasNoWarmUp() {
    assertThat(WarmUpFit.of(List.of(0.4, 0.4, 0.4, 0.4), 0.4).factor()).isZero();
  }
}
