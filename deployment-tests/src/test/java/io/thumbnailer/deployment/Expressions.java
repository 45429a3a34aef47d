package io.thumbnailer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** Every PromQL expression of the project, by location. */
final class Expressions {
  private Expressions() {}

  static Map<String, String> ofDashboards() {
    Map<String, String> all = new TreeMap<>();
    ProjectFiles.under("kubernetes/monitoring/dashboards", ".json")
        .forEach(
            file -> {
              for (JsonNode panel : Yaml.document(ProjectFiles.read(file)).at("/panels")) {
                for (JsonNode target : panel.at("/targets")) {
                  all.put(
                      file.getFileName()
                          + ": "
                          + panel.at("/title").asText()
                          + " "
                          + target.at("/refId").asText(),
                      target.at("/expr").asText());
                }
              }
            });
    return all;
  }

  static Map<String, String> ofRules() {
    Map<String, String> all = new TreeMap<>();
    for (JsonNode group : rules().at("/groups")) {
      for (JsonNode rule : group.at("/rules")) {
        all.put(
            rule.at("/record").asText() + rule.at("/alert").asText(), rule.at("/expr").asText());
      }
    }
    return all;
  }

  /** The query of prometheus-adapter for the backlog, with its template expanded. */
  static String ofAdapter() {
    return ofAdapter("thumbnailer_queue_backlog");
  }

  /** The query of prometheus-adapter for a metric that it serves, with its template expanded. */
  static String ofAdapter(String metric) {
    for (JsonNode rule :
        Yaml.document(ProjectFiles.read("kubernetes/prometheus-adapter/server/config.yml"))
            .at("/externalRules")) {
      if (rule.at("/name/as").asText().equals(metric)) {
        String series = rule.at("/seriesQuery").asText();
        return rule.at("/metricsQuery")
            .asText()
            .replace("<<.Series>>", series.substring(0, series.indexOf('{')))
            .replace("<<.LabelMatchers>>", "namespace=\"thumbnailer\"");
      }
    }
    throw new IllegalArgumentException("the adapter does not serve " + metric);
  }

  static String ofKeda() {
    return Manifests.one("ScaledObject", "worker").text("/spec/triggers/0/metadata/query");
  }

  static JsonNode rules() {
    return Yaml.document(ProjectFiles.read("kubernetes/monitoring/rules.yml"));
  }
}
