package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports and probes in the manifests are those of the servers. */
class ServerContractTest {
  private static final Pattern PORT =
      Pattern.compile("<variable name=\"http\\.port\" defaultValue=\"(\\d+)\"/>");

  private static final Pattern MANAGEMENT_PORT =
      Pattern.compile("<variable name=\"management\\.port\" defaultValue=\"(\\d+)\"/>");

  /** The paths of MicroProfile Health, and the code that answers them. */
  private static final Map<String, String> PROBES =
      Map.of(
          "/startupProbe/httpGet/path", "@Startup",
          "/readinessProbe/httpGet/path", "@Readiness",
          "/livenessProbe/httpGet/path", "@Liveness");

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "worker"})
  void containerPortIsTheServersPort(String server) {
    Matcher port =
        PORT.matcher(
            ProjectFiles.read("liberty-config/src/main/liberty/config/" + server + ".xml"));
    assertThat(port.find()).isTrue();
    assertThat(
            Manifests.one("Deployment", server).podSpec().at("/containers/0/ports/0/containerPort"))
        .hasToString(port.group(1));
  }

  /** A worker's only port is its management port. */
  @Test
  void ingestsManagementPortIsTheServersManagementPort() {
    Matcher port =
        MANAGEMENT_PORT.matcher(
            ProjectFiles.read(
                "liberty-config/src/main/liberty/config/fragments/management-separate.xml"));
    assertThat(port.find()).isTrue();
    JsonNode management =
        Manifests.one("Deployment", "ingest").podSpec().at("/containers/0/ports/1");
    assertThat(management.at("/name").asText()).isEqualTo("management");
    assertThat(management.at("/containerPort")).hasToString(port.group(1));
  }

  @Test
  void noServiceExposesTheManagementPort() {
    Manifests.ofKind("Service")
        .flatMap(service -> service.list("/spec/ports").stream())
        .forEach(port -> assertThat(port.at("/targetPort").asText()).isNotIn("management", "9081"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "worker"})
  void everyProbeHasACheckInTheApplication(String server) {
    var container = Manifests.one("Deployment", server).containers().get(0);
    String sources = ProjectFiles.mainSources(server + "-war");
    PROBES.forEach(
        (probe, annotation) -> {
          assertThat(container.at(probe).asText()).startsWith("/health/");
          assertThat(container.at(probe.replace("path", "port")).asText()).isEqualTo("management");
          assertThat(sources).contains(annotation);
        });
  }
}
