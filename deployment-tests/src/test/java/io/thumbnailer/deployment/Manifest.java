package io.thumbnailer.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * A Kubernetes object as its file defines it.
 *
 * @param file relative to the project
 * @param content the whole document
 */
record Manifest(String file, JsonNode content) {
  private static final Set<String> CLUSTER_WIDE =
      Set.of(
          "APIService",
          "ClusterRole",
          "ClusterRoleBinding",
          "Namespace",
          "StorageClass",
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding");

  private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet");

  String apiVersion() {
    return text("/apiVersion");
  }

  String kind() {
    return text("/kind");
  }

  String name() {
    return text("/metadata/name");
  }

  /** The namespace of the object, or else the one that the kustomization of its directory gives. */
  String namespace() {
    String own = text("/metadata/namespace");
    return !own.isEmpty() || isOfTheCluster() ? own : Kustomization.namespaceFor(file);
  }

  private boolean isOfTheCluster() {
    return CLUSTER_WIDE.contains(kind());
  }

  /** Whether it creates pods from a template. */
  boolean isWorkload() {
    return WORKLOADS.contains(kind());
  }

  /** The node at a JSON pointer; a missing node if there is none. */
  JsonNode at(String pointer) {
    return content.at(pointer);
  }

  /** The text at a JSON pointer; empty if there is none. */
  String text(String pointer) {
    return content.at(pointer).asText("");
  }

  /** The elements of the list at a JSON pointer. */
  List<JsonNode> list(String pointer) {
    return elements(content.at(pointer));
  }

  /** The pods' specification of a workload. */
  JsonNode podSpec() {
    return isWorkload() ? at("/spec/template/spec") : MissingNode.getInstance();
  }

  /** The pods' labels of a workload. */
  Map<String, String> podLabels() {
    return map(at("/spec/template/metadata/labels"));
  }

  List<JsonNode> containers() {
    return elements(podSpec().at("/containers"));
  }

  static List<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  static Map<String, String> map(JsonNode object) {
    Map<String, String> map = new TreeMap<>();
    object.properties().forEach(e -> map.put(e.getKey(), e.getValue().asText()));
    return map;
  }

  static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(element -> names.add(element.at("/name").asText()));
    return names;
  }

  @Override
  public String toString() {
    return file + ": " + kind() + " " + name();
  }
}
