package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies allow the connections that the pods need, between existing pods and ports. */
class NetworkPolicyTest {

  static Stream<Manifest> policies() {
    return Manifests.ofKind("NetworkPolicy");
  }

  @Test
  void everyNamespaceDeniesByDefault() {
    List<String> namespaces = Manifests.ofKind("Namespace").map(Manifest::name).toList();
    assertThat(policies().filter(NetworkPolicyTest::deniesAll).map(Manifest::namespace))
        .containsExactlyInAnyOrderElementsOf(namespaces);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void selectsPodsThatExist(Manifest policy) {
    assertThat(Manifests.selected(policy.namespace(), policy.at("/spec/podSelector"))).isNotEmpty();
    Stream.concat(
            policy.list("/spec/ingress").stream().map(rule -> rule.at("/from")),
            policy.list("/spec/egress").stream().map(rule -> rule.at("/to")))
        .flatMap(peers -> Manifest.elements(peers).stream())
        .forEach(peer -> assertPeerExists(policy, peer));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void opensPortsThatThePodsListenOn(Manifest policy) {
    List<Manifest> receivers =
        Manifests.selected(policy.namespace(), policy.at("/spec/podSelector"));
    for (JsonNode rule : policy.list("/spec/ingress")) {
      for (JsonNode port : Manifest.elements(rule.at("/ports"))) {
        assertThat(receivers).anyMatch(receiver -> listens(receiver, port.at("/port")));
      }
    }
    for (JsonNode rule : policy.list("/spec/egress")) {
      for (JsonNode peer : Manifest.elements(rule.at("/to"))) {
        if (peer.has("podSelector") && !peer.has("namespaceSelector")) {
          List<Manifest> targets = Manifests.selected(policy.namespace(), peer.at("/podSelector"));
          for (JsonNode port : Manifest.elements(rule.at("/ports"))) {
            assertThat(targets).anyMatch(target -> listens(target, port.at("/port")));
          }
        }
      }
    }
  }

  @Test
  void podsCannotReachTheCredentialsOfTheNode() {
    policies()
        .flatMap(policy -> policy.list("/spec/egress").stream())
        .flatMap(rule -> Manifest.elements(rule.at("/to")).stream())
        .map(peer -> peer.at("/ipBlock"))
        .filter(block -> block.at("/cidr").asText().equals("0.0.0.0/0"))
        .forEach(
            block -> assertThat(block.at("/except").toString()).contains("169.254.169.254/32"));
  }

  @Test
  void onlyPrometheusReachesProbesAndMetrics() {
    List<JsonNode> rules =
        policies()
            .flatMap(policy -> policy.list("/spec/ingress").stream())
            .filter(
                rule ->
                    !rule.has("ports")
                        || Manifest.elements(rule.at("/ports")).stream()
                            .anyMatch(port -> isManagement(port.at("/port").asText())))
            .toList();
    assertThat(rules).hasSize(1);
    assertThat(Manifest.elements(rules.get(0).at("/from")))
        .singleElement()
        .satisfies(
            from -> {
              assertThat(from.at("/namespaceSelector/matchLabels/kubernetes.io~1metadata.name"))
                  .hasToString("\"monitoring\"");
              assertThat(from.at("/podSelector/matchLabels/app.kubernetes.io~1name"))
                  .hasToString("\"prometheus\"");
            });
  }

  private static boolean isManagement(String port) {
    return port.equals("management") || port.equals("9081");
  }

  private static boolean deniesAll(Manifest policy) {
    return policy.at("/spec/podSelector").isEmpty()
        && policy.at("/spec/policyTypes").toString().equals("[\"Ingress\",\"Egress\"]")
        && !policy.at("/spec").has("ingress")
        && !policy.at("/spec").has("egress");
  }

  private static void assertPeerExists(Manifest policy, JsonNode peer) {
    if (!peer.has("podSelector")) {
      return;
    }
    String namespace =
        peer.at("/namespaceSelector/matchLabels/kubernetes.io~1metadata.name")
            .asText(policy.namespace());
    // the system's own pods are not defined here
    if (!namespace.equals("kube-system") && peer.at("/podSelector").size() > 0) {
      assertThat(Manifests.selected(namespace, peer.at("/podSelector")))
          .as("pods in %s for %s", namespace, policy)
          .isNotEmpty();
    }
  }

  private static boolean listens(Manifest workload, JsonNode port) {
    return workload.containers().stream()
        .flatMap(container -> Manifest.elements(container.at("/ports")).stream())
        .anyMatch(
            open ->
                open.at("/name").asText().equals(port.asText())
                    || open.at("/containerPort").asText().equals(port.asText()));
  }
}
