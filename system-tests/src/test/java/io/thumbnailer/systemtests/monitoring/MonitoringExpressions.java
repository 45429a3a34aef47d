package io.thumbnailer.systemtests.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The queries of the dashboards, rules and autoscalers in {@code kubernetes/}. */
final class MonitoringExpressions {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** A metric with its label matchers. */
  private static final Pattern SELECTOR =
      Pattern.compile("\\b(?:(?:thumbnailer|http|memory|redis)[_:][a-zA-Z_:]*|up)(?:\\{[^}]*})?");

  private final Path kubernetes;

  /** Reads the expressions of a project. */
  MonitoringExpressions(Path project) {
    this.kubernetes = project.resolve("kubernetes");
  }

  Path rulesFile() {
    return kubernetes.resolve("monitoring/rules.yml");
  }

  /** The queries of all panels, by dashboard, panel and reference. */
  Map<String, String> ofPanels() {
    Map<String, String> queries = new TreeMap<>();
    try (Stream<Path> files = Files.list(kubernetes.resolve("monitoring/dashboards"))) {
      for (Path file : files.toList()) {
        for (JsonNode panel : read(file).at("/panels")) {
          for (JsonNode target : panel.at("/targets")) {
            queries.put(
                "%s: %s %s"
                    .formatted(
                        file.getFileName(),
                        panel.at("/title").asText(),
                        target.at("/refId").asText()),
                target.at("/expr").asText());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return queries;
  }

  /** The names of the recording rules. */
  Set<String> recordings() {
    return new TreeSet<>(rules("record").keySet());
  }

  /** All series that alerts use, with their label matchers. */
  Set<String> selectorsOfAlerts() {
    Set<String> selectors = new TreeSet<>();
    for (String expression : rules("alert").values()) {
      for (Matcher m = SELECTOR.matcher(expression); m.find(); ) {
        selectors.add(m.group());
      }
    }
    return selectors;
  }

  /** The query of prometheus-adapter for the backlog on behalf of {@code hpa-queue}. */
  String ofAdapter() {
    JsonNode rule =
        read(kubernetes.resolve("prometheus-adapter/server/config.yml")).at("/externalRules/0");
    return rule.at("/metricsQuery")
        .asText()
        .replace("<<.Series>>", rule.at("/name/as").asText())
        .replace("<<.LabelMatchers>>", "namespace=\"thumbnailer\"");
  }

  /** The query of KEDA for the backlog. */
  String ofKeda() {
    return read(kubernetes.resolve("components/keda/autoscaler/scaledobject.yaml"))
        .at("/spec/triggers/0/metadata/query")
        .asText();
  }

  private Map<String, String> rules(String kind) {
    Map<String, String> rules = new TreeMap<>();
    for (JsonNode group : read(rulesFile()).at("/groups")) {
      for (JsonNode rule : group.at("/rules")) {
        if (rule.has(kind)) {
          rules.put(rule.at("/" + kind).asText(), rule.at("/expr").asText());
        }
      }
    }
    return rules;
  }

  private static JsonNode read(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
