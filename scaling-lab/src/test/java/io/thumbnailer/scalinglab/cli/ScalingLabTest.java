package io.thumbnailer.scalinglab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScalingLabTest {
  private static final String SHIPPED = Path.of("..", "kubernetes").toString();

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aStudyWritesItsDataAndASelfContainedReport() throws Exception {
    Path target = directory.resolve("study");
    assertThat(
            run(
                "study",
                "--manifests",
                SHIPPED,
                "--seeds",
                "1",
                "--first-seed",
                "7",
                "--sensitivity-seeds",
                "1",
                "--service-seconds",
                "20",
                "--out",
                target.toString()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("To ship: ");
    assertThat(target.resolve("runs.csv"))
        .content()
        .startsWith("policy,shape,seed,jobs,latePercent");
    assertThat(target.resolve("runs.csv")).content().contains(",spike,7,");
    JsonNode study = JsonMapper.shared().readTree(target.resolve("study.json").toFile());
    assertThat(study.path("recommended").isEmpty()).isFalse();
    for (JsonNode policy : study.path("recommended")) {
      JsonNode spike = study.path("passes").path(policy.asString()).path("spike");
      assertThat(spike.path("pass").isBoolean()).isTrue();
      assertThat(spike.path("latePercent").isNumber()).isTrue();
    }
    String page = Files.readString(target.resolve("report.html"));
    assertThat(page)
        .contains(
            "<svg", "Findings", "Pass and fail", "Threats to validity", "no run with real workers");
    assertThat(page).doesNotContain("<script", "src=", "href=", "NaN", "null");
    assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http");
    assertThat(page.length()).isLessThan(2_000_000);

    Files.delete(target.resolve("report.html"));
    Files.copy(
        Path.of("src/test/resources/calibration-step.json"),
        target.resolve("calibration-step.json"));
    assertThat(run("report", target.toString())).as(err.toString()).isZero();
    assertThat(target.resolve("report.html")).content().contains("step, error", "+10.0 %");
  }

  @Test
  void aSimulationPrintsItsFiguresAndWritesItsTimeline() {
    Path timeline = directory.resolve("timeline.csv");
    assertThat(
            run(
                "simulate",
                "--manifests",
                SHIPPED,
                "--policy",
                "keda",
                "--shape",
                "spike",
                "--timeline",
                timeline.toString()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("wait s", "theta_U");
    assertThat(timeline).content().contains("backlog");
  }

  @Test
  void anAdviceJudgesAnAutoscalerOnARecordedLoad() throws Exception {
    Path range =
        Files.writeString(
            directory.resolve("range.json"),
            """
            {"status":"success","data":{"resultType":"matrix","result":[
              {"metric":{"pod":"a"},"values":[[1000,"0.1"],[1300,"1.5"],[1900,"0.1"]]},
              {"metric":{"pod":"b"},"values":[[1000,"0.1"],[1300,"1.5"],[1900,"0.1"]]}]}}
            """);
    assertThat(
            run(
                "advise",
                "--manifests",
                SHIPPED,
                "--hpa",
                Path.of(SHIPPED, "components/hpa-cpu/autoscaler/hpa.yaml").toString(),
                "--range-query",
                range.toString(),
                "--service-seconds",
                "1",
                "--cpu-share",
                "0.1",
                "--seeds",
                "2"))
        .as(err.toString())
        .isZero();
    // With a tenth of a job on the CPU, 70 % of the request are never reached.
    assertThat(out.toString()).containsPattern("yours .*misses the goal").contains("advice ");
  }

  @Test
  void aRangeQueryWithoutValuesIsRefused() throws Exception {
    Path range = Files.writeString(directory.resolve("range.json"), "{\"data\":{\"result\":[]}}");
    Path hpa = Path.of(SHIPPED, "components/hpa-cpu/autoscaler/hpa.yaml");
    assertThat(run("advise", "--hpa", hpa.toString(), "--range-query", range.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("not the result of a range query");
  }

  @Test
  void anAutoscalerWhoseMetricsHaveNoValueIsNotJudged() throws Exception {
    Path trace = Files.writeString(directory.resolve("trace.csv"), "seconds,rate\n0,1\n60,1\n");
    String hpa = Files.readString(Path.of(SHIPPED, "components/hpa-queue/autoscaler/hpa.yaml"));
    Path renamed = directory.resolve("renamed.yaml");
    Files.writeString(
        renamed,
        hpa.replace("thumbnailer_queue_backlog", "rabbitmq_messages")
            .replace("name: cpu", "name: memory"));
    assertThat(run("advise", "--hpa", renamed.toString(), "--trace", trace.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("--metric rabbitmq_messages=").hasLineCount(1);

    Path memory = directory.resolve("memory.yaml");
    Path cpu = Path.of(SHIPPED, "components/hpa-cpu/autoscaler/hpa.yaml");
    Files.writeString(memory, Files.readString(cpu).replace("name: cpu", "name: memory"));
    assertThat(run("advise", "--hpa", memory.toString(), "--trace", trace.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("does not simulate memory 40 %");

    Path large = directory.resolve("large.yaml");
    Files.writeString(large, hpa.replaceFirst("maxReplicas: \\d+", "maxReplicas: 100000"));
    assertThat(run("advise", "--hpa", large.toString(), "--trace", trace.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("at most 1000 replicas");

    assertThat(
            run(
                "advise",
                "--manifests",
                SHIPPED,
                "--hpa",
                renamed.toString(),
                "--metric",
                "rabbitmq_messages=thumbnailer_queue_backlog",
                "--trace",
                trace.toString(),
                "--seeds",
                "1"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("meets the goal", "worker       assumed", "without memory 140 %");
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    Path hpa = Path.of(SHIPPED, "components/hpa-cpu/autoscaler/hpa.yaml");
    Path trace = directory.resolve("none.csv");
    assertThat(run("advise", "--hpa", hpa.toString(), "--trace", trace.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("none.csv: no such file").hasLineCount(1);
  }

  @Test
  void errorsArePrintedInOneLine() {
    assertThat(run("simulate", "--manifests", directory.toString())).isEqualTo(1);
    assertThat(err.toString().strip()).endsWith("hpa.yaml: cannot be read").hasLineCount(1);
  }

  @Test
  void aReportWithoutAStudySaysWhatIsMissing() {
    assertThat(run("report", directory.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("study.json is missing");
  }

  @Test
  void anUnknownShapeIsAnUsageError() {
    assertThat(run("simulate", "--shape", "square")).isEqualTo(2);
    assertThat(err.toString()).contains("square");
  }

  private int run(String... arguments) {
    CommandLine commands = ScalingLab.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(arguments);
  }
}
