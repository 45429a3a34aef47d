package io.thumbnailer.scalinglab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
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
        .hasMessageContaining("line 3: the times must be in ascending order");
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

  @Test
  void aTraceThatIsTooLongIsRefusedBeforeItIsDrawn() throws Exception {
    assertThatThrownBy(() -> TraceShape.read(write("seconds,rate\n0,1\n1700000000,1\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer than 31 days");
    assertThatThrownBy(() -> TraceShape.read(write("seconds,rate\n0,0\n10,1000000\n20,0\n")))
        .hasMessageContaining("more than 2000000 arrivals");
    String rows = "1\n".repeat(2_000_001);
    assertThatThrownBy(() -> TraceShape.read(write("arrival_seconds\n" + rows)))
        .hasMessageContaining("more than 2000000 arrivals");
  }

  @Test
  void aTraceMustBeText() throws Exception {
    Path file = Files.write(directory.resolve("image.csv"), new byte[] {(byte) 0xff, (byte) 0xd8});
    assertThatThrownBy(() -> TraceShape.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("image.csv: not text in UTF-8");
    assertThatThrownBy(() -> TraceShape.read(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory + ": ");
    assertThat(TraceShape.read(write("\uFEFFarrival_seconds\n1\n")).rows()).isEqualTo(1);
  }

  @Test
  void aShortPeakIsDrawnAtItsOwnRateOnly() throws Exception {
    // Two million candidates at the highest rate for each arrival, if all were drawn at that rate
    Path file = write("seconds,rate\n0,0.01\n1000000,100000\n1000001,0\n2000000,0\n");
    double[] arrivals = TraceShape.read(file).arrivals(2_000_000, new SplittableRandom(1));
    assertThat(between(arrivals, 0, 1_000_000)).isCloseTo(10_000, within(500L));
    assertThat(between(arrivals, 1_000_000, 1_000_001)).isCloseTo(100_000, within(1500L));
    assertThat(arrivals).isSorted();
  }

  @Test
  void aGapInARangeQueryKeepsTheLastRate() throws Exception {
    Path file = answer("[[1000,\"2\"],[1060,\"2\"],[1600,\"0\"],[1660,\"0\"]]");
    double[] arrivals = RangeQuery.read(file).arrivals(660, new SplittableRandom(1));
    assertThat(between(arrivals, 60, 600)).isCloseTo(1080, within(150L));
    assertThat(between(arrivals, 600, 660)).isZero();
  }

  @Test
  void aWrongRangeQuerySaysWhy() throws Exception {
    assertThatThrownBy(() -> RangeQuery.read(answer("[[1000,\"NaN\"]]")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a time and a rate");
    assertThatThrownBy(() -> RangeQuery.read(answer("[[\"soon\",\"1\"]]")))
        .hasMessageContaining("not a time and a rate");
    assertThatThrownBy(() -> RangeQuery.read(answer("[[0,\"1\"],[9000000,\"1\"]]")))
        .hasMessageContaining("longer than 31 days");
    Path error = write("{\"status\":\"error\",\"error\":\"parse error: unexpected end\"}");
    assertThatThrownBy(() -> RangeQuery.read(error)).hasMessageContaining("unexpected end");
    assertThatThrownBy(() -> RangeQuery.read(write("<html>"))).hasMessageContaining("not JSON");
    assertThatThrownBy(() -> RangeQuery.read(write("[1]"))).hasMessageContaining("not the result");
  }

  private Path answer(String values) throws Exception {
    return write("{\"data\":{\"result\":[{\"values\":" + values + "}]}}");
  }

  private Path write(String text) throws Exception {
    return Files.writeString(Files.createTempFile(directory, "trace", ".csv"), text);
  }

  private static long between(double[] arrivals, double from, double to) {
    return DoubleStream.of(arrivals).filter(t -> t >= from && t < to).count();
  }
}
