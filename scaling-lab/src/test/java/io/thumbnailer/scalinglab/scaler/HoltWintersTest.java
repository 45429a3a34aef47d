package io.thumbnailer.scalinglab.scaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HoltWintersTest {
  @Test
  void aSteadyRateIsForecastAsItIs() {
    HoltWinters model = new HoltWinters(1);
    for (int i = 0; i < 50; i++) {
      model.add(7);
    }
    assertThat(model.forecast(5)).isCloseTo(7, within(1e-9));
  }

  @Test
  void aRisingRateIsForecastAboveItsLastValue() {
    HoltWinters model = new HoltWinters(1);
    for (int i = 0; i <= 50; i++) {
      model.add(i);
    }
    assertThat(model.forecast(3)).isBetween(50.0, 53.0);
  }

  @Test
  void aSeasonIsLearned() {
    HoltWinters model = new HoltWinters(12);
    for (int i = 0; i < 12 * 20; i++) {
      model.add(wave(i));
    }
    // Half a season ahead: from the bottom to the top
    assertThat(model.forecast(7)).isCloseTo(wave(12 * 20 + 6), within(2.0));
    assertThat(model.forecast(1)).isCloseTo(wave(12 * 20), within(2.0));
  }

  private static double wave(int i) {
    return 10 - 10 * Math.cos(2 * Math.PI * i / 12);
  }
}
