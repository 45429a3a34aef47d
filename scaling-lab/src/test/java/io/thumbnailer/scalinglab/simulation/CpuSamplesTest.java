package io.thumbnailer.scalinglab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thumbnailer.scalinglab.hpa.PodMetric;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CpuSamplesTest {
  private static final WorkerModel WORKER =
      new WorkerModel(
          1,
          new WorkerModel.Cpu(500, 1, 1, 0.1),
          new WorkerModel.Start(0, 0, 0, 1, 0, 0),
          WorkerModel.WarmUp.NONE,
          new WorkerModel.End(20, 1));

  private final Agenda agenda = new Agenda();
  private final CpuSamples samples =
      new CpuSamples(new MetricPipeline(15, 1, 15, 10), agenda, new SplittableRandom(1));

  @Test
  void aValueIsAsOldAsTheReadingsOfTheKubelet() {
    Pod pod = consuming(0);
    samples.watch(pod, 0);
    double oldest = 0;
    for (int fetch = 1; fetch <= 200; fetch++) {
      double now = 15.0 * fetch;
      runTo(now);
      samples.fetch();
      PodMetric sample = samples.samples().get(pod.name);
      if (sample != null) {
        oldest = Math.max(oldest, now - sample.timestampMillis() / 1000.0);
        // Intervals are 10 to 20 s, and two of them when a fetch came between.
        assertThat(sample.windowMillis()).isBetween(10_000L, 40_000L);
        assertThat(sample.milli()).isCloseTo(100, within(1L));
      }
    }
    // Without an age of its own the newest sample would be 0 s old at each fetch.
    assertThat(oldest).isBetween(10.0, 20.0);
  }

  @Test
  void aYoungContainerIsMeasuredFromItsStart() {
    int fromStart = 0;
    for (int i = 0; i < 100; i++) {
      Pod pod = consuming(i);
      samples.watch(pod, pod.runningAt);
      runTo(pod.runningAt + 14.9);
      samples.fetch();
      PodMetric sample = samples.samples().get(pod.name);
      if (sample != null) {
        assertThat(sample.timestampMillis() - sample.windowMillis())
            .isEqualTo(Math.round(pod.runningAt * 1000));
        fromStart++;
      }
    }
    // The second reading is 10 to 20 s after the start: in time for about half of them.
    assertThat(fromStart).isBetween(30, 70);
  }

  @Test
  void aPodThatIsGoneHasNoSample() {
    Pod pod = consuming(0);
    samples.watch(pod, 0);
    runTo(40);
    samples.fetch();
    runTo(80);
    samples.fetch();
    assertThat(samples.samples()).containsKey(pod.name);
    pod.gone = true;
    samples.fetch();
    assertThat(samples.samples()).isEmpty();
  }

  private void runTo(double time) {
    while (agenda.nextTime() <= time) {
      agenda.runNext();
    }
  }

  private Pod consuming(int index) {
    double start = 1000.0 * index;
    Pod pod = new Pod(index, index, 0, start, start, 0, 0, 0, WORKER, Map.of());
    pod.consuming = true;
    return pod;
  }
}
