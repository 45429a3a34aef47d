package io.thumbnailer.scalinglab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadShapeTest {
  @TempDir Path directory;

  @Test
  void ratesAreKeptOnAverage() {
    double[] arrivals = RateShape.step(2, 20, 1000, 2000).arrivals(3000, new SplittableRandom(1));
    assertThat(between(arrivals, 0, 1000)).isCloseTo(2000, within(200L));
    assertThat(between(arrivals, 1000, 2000)).isCloseTo(20_000, within(600L));
    assertThat(between(arrivals, 2000, 3000)).isCloseTo(2000, within(200L));
    assertThat(arrivals).isSorted();
  }

  @Test
  void gapsVaryAsInAPoissonProcess() {
    double[] arrivals = RateShape.constant(5).arrivals(20_000, new SplittableRandom(2));
    double[] gaps = new double[arrivals.length - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = arrivals[i + 1] - arrivals[i];
    }
    double mean = DoubleStream.of(gaps).average().orElseThrow();
    double square = DoubleStream.of(gaps).map(g -> g * g).average().orElseThrow();
    assertThat(Math.sqrt(square - mean * mean) / mean).isCloseTo(1, within(0.03));
  }

  @Test
  void sineIsLowestAtItsStart() {
    RateShape sine = RateShape.sine(2, 10, 3600);
    assertThat(sine.rate().applyAsDouble(0)).isEqualTo(2);
    assertThat(sine.rate().applyAsDouble(1800)).isCloseTo(10, within(1e-9));
  }

  @Test
  void burstsTakeTheirShareOfTheTime() {
    BurstShape bursts = new BurstShape(1, 31, 200, 50);
    double[] arrivals = bursts.arrivals(1_000_000, new SplittableRandom(3));
    // A fifth of the time at 31, the rest at 1: 7 a second
    assertThat(arrivals.length / 1e6).isCloseTo(7, within(0.4));
  }

  @Test
  void theSameSeedDrawsTheSameJobs() {
    ServiceTimes service = ServiceTimes.lognormal(0.5, 0.6);
    Workload first = Workload.draw(RateShape.constant(3), 1000, service, 9);
    Workload second = Workload.draw(RateShape.constant(3), 1000, service, 9);
    Workload other = Workload.draw(RateShape.constant(3), 1000, service, 10);
    assertThat(second.size()).isEqualTo(first.size());
    assertThat(second.arrival(500)).isEqualTo(first.arrival(500));
    assertThat(second.work(500)).isEqualTo(first.work(500));
    assertThat(other.arrival(500)).isNotEqualTo(first.arrival(500));
  }

  @Test
  void serviceTimesHaveTheirMeanAndSpread() {
    ServiceTimes service = ServiceTimes.lognormal(0.5, 0.6);
    SplittableRandom random = new SplittableRandom(4);
    double[] drawn = DoubleStream.generate(() -> service.draw(random)).limit(200_000).toArray();
    double mean = DoubleStream.of(drawn).average().orElseThrow();
    double square = DoubleStream.of(drawn).map(x -> x * x).average().orElseThrow();
    assertThat(service.mean()).isCloseTo(0.5, within(1e-9));
    assertThat(mean).isCloseTo(0.5, within(0.005));
    assertThat(Math.sqrt(square - mean * mean) / mean).isCloseTo(0.6, within(0.05));
    assertThat(ServiceTimes.measured(1, 2, 3).quantile(0.5)).isEqualTo(2);
    assertThat(ServiceTimes.measured(3, 1).quantile(0.25)).isEqualTo(1.5);
  }

  @Test
  void aTraceIsReplayedAsItIs() throws Exception {
    Path file = write("arrival_seconds\n0.5\n2\n2\n7.25\n");
    double[] arrivals = TraceShape.read(file).arrivals(7, new SplittableRandom(1));
    assertThat(arrivals).containsExactly(0.5, 2, 2);
  }

  @Test
  void ratesOfATraceHoldUntilTheNext() throws Exception {
    Path file = write("seconds,rate\n100,4\n200,0\n");
    double[] arrivals = TraceShape.read(file).arrivals(1000, new SplittableRandom(1));
    assertThat(between(arrivals, 100, 200)).isCloseTo(400, within(80L));
    assertThat(DoubleStream.of(arrivals)).allMatch(t -> t >= 100 && t < 200);
  }

  @Test
  void aTraceMayHaveQuotesSpacesAndBlankLines() throws Exception {
    Path file = write("\"seconds\", rate\r\n\r\n\"100\" , 4\r\n\r\n200,0\r\n");
    assertThat(TraceShape.read(file).rows()).isEqualTo(2);
    assertThat(TraceShape.read(file).lastSeconds()).isEqualTo(200);
  }

  @Test
  void aWrongTraceSaysWhichLine() throws Exception {
    assertThatThrownBy(() -> TraceShape.read(write("time\n1\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("first line must be");
    assertThatThrownBy(() -> TraceShape.read(write("arrival_seconds\n1\nx\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 3");
    assertThatThrownBy(() -> TraceShape.read(write("arrival_seconds\n2\n1\n")))
        .hasMessageContaining("line 3: the times must ascend");
    assertThatThrownBy(() -> TraceShape.read(write("arrival_seconds\n\n\n1,2\n")))
        .hasMessageContaining("line 4: expected 1 number");
    assertThatThrownBy(() -> TraceShape.read(write("arrival_seconds\n\"1\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not CSV");
    assertThatThrownBy(() -> TraceShape.read(write("seconds,rate\n2,-1\n")))
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> TraceShape.read(write("seconds,rate\n2,NaN\n")))
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> TraceShape.read(write("arrival_seconds\n")))
        .hasMessageContaining("no rows after the header");
    assertThatThrownBy(() -> TraceShape.read(write(""))).hasMessageContaining("first line");
  }

  private Path write(String text) throws Exception {
    return Files.writeString(Files.createTempFile(directory, "trace", ".csv"), text);
  }

  private static long between(double[] arrivals, double from, double to) {
    return DoubleStream.of(arrivals).filter(t -> t >= from && t < to).count();
  }
}
