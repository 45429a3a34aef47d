package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules, dashboards and the queries of the autoscalers. */
class MonitoringTest {
  private static final Pattern OURS = Pattern.compile("\\b(thumbnailer_[a-z_]+)\\b");

  @Test
  void rulesAreValid() {
    Tool.required("promtool").run("check", "rules", "kubernetes/monitoring/rules.yml");
  }

  @Test
  void alertsFireWhenTheyShouldAndOnlyThen() {
    Tool.required("promtool").run("test", "rules", "kubernetes/monitoring/rules-test.yml");
  }

  @Test
  void everyAlertIsTested() {
    String tests = ProjectFiles.read("kubernetes/monitoring/rules-test.yml");
    for (JsonNode rule : Expressions.rules().at("/groups/1/rules")) {
      assertThat(tests).contains("alertname: " + rule.at("/alert").asText());
    }
  }

  @Test
  void everyAlertHasItsRunbook() {
    String runbook = ProjectFiles.read("docs/operations.md");
    for (JsonNode rule : Expressions.rules().at("/groups/1/rules")) {
      assertThat(runbook).contains(rule.at("/alert").asText());
    }
  }

  @Test
  void scrapeConfigurationsAreValid(@TempDir Path directory) throws Exception {
    Path rules =
        Files.copy(
            ProjectFiles.path("kubernetes/monitoring/rules.yml"), directory.resolve("rules.yml"));
    for (String file : Set.of("kubernetes/monitoring/prometheus.yml", "compose/prometheus.yml")) {
      Path config = directory.resolve("prometheus.yml");
      Files.writeString(
          config,
          ProjectFiles.read(file)
              .replace("/etc/prometheus/rules.yml", rules.toString())
              // Debian builds its promtool without Kubernetes
              .replaceFirst("    kubernetes_sd_configs:\\n(      .*\\n)+", ""));
      Tool.required("promtool").run("check", "config", config.toString());
    }
  }

  @Test
  void alertsAreSentToReceiversThatAlertmanagerKnows(@TempDir Path directory) throws Exception {
    String webhook = ProjectFiles.read("kubernetes/monitoring/alertmanager.yml");
    String sns =
        ProjectFiles.read("terraform/templates/monitoring.yaml.tftpl")
            .replaceFirst("(?s)^.*alertmanager.yml=", "")
            .replaceAll("\n {8}", "\n")
            .replaceAll("\\$\\{(alarms|heartbeat)}", "arn:aws:sns:eu-central-1:123456789012:x")
            .replace("${region}", "eu-central-1");
    for (String config : Set.of(webhook, sns)) {
      assertThat(config).contains("matchers: [alertname = ThumbnailerHeartbeat]");
      Path file = directory.resolve("alertmanager.yml");
      // Debian's Alertmanager is older than addresses that stand in files
      Files.writeString(file, config.replaceAll("url_file: \\S+", "url: http://alerts.example/"));
      Tool.required("amtool").run("check-config", file.toString());
    }
  }

  @Test
  void rulesOfTheOperatorAreTheSame() {
    assertThat(Manifests.one("PrometheusRule", "thumbnailer").at("/spec"))
        .isEqualTo(Expressions.rules());
  }

  @Test
  void queriesOfDashboardsAndAutoscalersAreValid(@TempDir Path directory) throws Exception {
    Map<String, String> all = new TreeMap<>(Expressions.ofDashboards());
    all.put("adapter", Expressions.ofAdapter());
    all.put("keda", Expressions.ofKeda());
    StringBuilder rules = new StringBuilder("groups:\n- name: queries\n  rules:\n");
    int number = 0;
    for (String expression : all.values()) {
      rules.append("  - record: query%d\n    expr: >-\n      %s\n".formatted(number++, expression));
    }
    Path file = Files.writeString(directory.resolve("queries.yml"), rules);
    Tool.required("promtool").run("check", "rules", file.toString());
  }

  @Test
  void ourMetricsInQueriesAreOnesThatTheServersRegister() {
    String sources =
        ProjectFiles.mainSources("ingest-war") + ProjectFiles.mainSources("worker-war");
    Set<String> registered = new TreeSet<>();
    for (Matcher m = Pattern.compile("\"(thumbnailer_[a-z_]+)\"").matcher(sources); m.find(); ) {
      registered.add(m.group(1));
    }
    Set<String> used = new TreeSet<>();
    String queries =
        Expressions.ofDashboards().values()
            + " "
            + Expressions.ofRules().values()
            + Expressions.ofAdapter()
            + Expressions.ofKeda();
    for (Matcher m = OURS.matcher(queries); m.find(); ) {
      used.add(m.group(1).replaceAll("_(total|seconds_bucket|seconds_count|seconds_sum)$", ""));
    }
    assertThat(used).isNotEmpty().isSubsetOf(registered);
  }

  /** Both numbers are decided in hpa-queue, by the study in scaling-lab. */
  @Test
  void allAutoscalersByBacklogHaveTheSameTargets() {
    String jobs = "";
    String cpu = "";
    for (JsonNode metric : autoscalerOnTheQueue().list("/spec/metrics")) {
      jobs += metric.at("/external/target/averageValue").asText();
      cpu += metric.at("/resource/target/averageUtilization").asText();
    }
    assertThat(jobs).matches("\\d+");
    assertThat(cpu).matches("\\d+");
    Manifest keda = Manifests.one("ScaledObject", "worker");
    assertThat(keda.list("/spec/triggers").stream().map(trigger -> trigger.at("/type").asText()))
        .containsExactly("prometheus", "cpu");
    assertThat(keda.text("/spec/triggers/0/metadata/threshold")).isEqualTo(jobs);
    assertThat(keda.text("/spec/triggers/1/metadata/value")).isEqualTo(cpu);
    assertThat(keda.at("/spec/advanced/horizontalPodAutoscalerConfig/behavior"))
        .isEqualTo(autoscalerOnTheQueue().at("/spec/behavior"));
    assertThat(Expressions.ofRules().get("ThumbnailerSaturated"))
        .contains("> " + jobs + " * thumbnailer:workers:up");
    assertThat(Expressions.ofDashboards().values())
        .contains("ceil(sum(thumbnailer:queue_backlog:sum) / " + jobs + ")");
  }

  private static Manifest autoscalerOnTheQueue() {
    return Manifests.ofKind("HorizontalPodAutoscaler")
        .filter(hpa -> hpa.file().contains("/hpa-queue/"))
        .findAny()
        .orElseThrow();
  }

  @Test
  void externalMetricOfTheAutoscalerIsTheAdapters() {
    assertThat(
            Manifests.ofKind("HorizontalPodAutoscaler")
                .flatMap(hpa -> hpa.list("/spec/metrics").stream())
                .filter(metric -> metric.has("external"))
                .map(metric -> metric.at("/external/metric/name").asText()))
        .containsExactly(
            Yaml.document(ProjectFiles.read("kubernetes/prometheus-adapter/server/config.yml"))
                .at("/externalRules/0/name/as")
                .asText());
  }
}
