package io.thumbnailer.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackPressureTest {
  @Test
  void theWaitIsTheTimeInWhichTheWorkersMakeRoom() {
    assertThat(BackPressure.retryAfter(1_000, 1_000, 10)).isEqualTo(5);
    assertThat(BackPressure.retryAfter(1_500, 1_000, 10)).isEqualTo(55);
    assertThat(BackPressure.retryAfter(1_000, 1_000, 0.5)).isEqualTo(100);
  }

  @Test
  void theWaitIsNeverZeroNorEndless() {
    assertThat(BackPressure.retryAfter(10, 10, 1_000)).isEqualTo(1);
    assertThat(BackPressure.retryAfter(10, 10, 0)).isEqualTo(300);
    assertThat(BackPressure.retryAfter(1_000_000, 10, 1)).isEqualTo(300);
  }
}
