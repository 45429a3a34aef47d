package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks Terraform's files against the providers' schemas, from {@code terraform-schema.json}
 * ({@code deployment-tests/schema/extract.mjs} derives it), and against the manifests.
 */
class TerraformTest {
  /** Arguments of Terraform itself, in every resource. */
  private static final Set<String> META = Set.of("for_each", "count", "depends_on", "lifecycle");

  private static final Pattern REFERENCE =
      Pattern.compile("(?<![\\w.\"/-])(data\\.)?((?:aws|helm)_\\w+)\\.(\\w+)");

  private static final JsonNode SCHEMA =
      Yaml.document(ProjectFiles.read("deployment-tests/src/test/resources/terraform-schema.json"));

  static Stream<TerraformFiles.Block> blocks() {
    return Stream.of("resource", "data").flatMap(kind -> TerraformFiles.blocks(kind).stream());
  }

  @Test
  void filesAreFormatted() {
    Tool.required("terraform").run("fmt", "-check", "-recursive", "-diff", "terraform");
  }

  @Test
  void providersArePinnedToTheVersionsOfTheSchema() {
    String versions = ProjectFiles.read("terraform/versions.tf");
    SCHEMA
        .at("/providers")
        .properties()
        .forEach(
            provider ->
                assertThat(versions)
                    .containsPattern(
                        "source\\s+= \"%s\"\\s+version = \"%s\""
                            .formatted(
                                provider.getKey(), Pattern.quote(provider.getValue().asText()))));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void resourceHasKnownArgumentsAndAllRequiredOnes(TerraformFiles.Block block) {
    JsonNode schema = SCHEMA.at("/" + block.kind() + "/" + block.type());
    assertThat(schema.isMissingNode()).as("schema of %s; run extract.mjs", block).isFalse();
    List<String> problems = new ArrayList<>();
    check(block.toString(), block.body(), schema, META, problems);
    assertThat(problems).isEmpty();
  }

  @Test
  void schemaRefusesAMisspeltArgumentAndMissesARequiredOne() {
    List<String> problems = new ArrayList<>();
    check(
        "x",
        Map.of("buckets", "a"),
        SCHEMA.at("/resource/aws_s3_bucket_versioning"),
        META,
        problems);
    assertThat(problems)
        .contains("x: unknown buckets", "x: missing bucket", "x: missing versioning_configuration");
  }

  @Test
  void everyReferenceIsToAResourceThatExists() {
    Set<String> declared = new TreeSet<>();
    blocks().forEach(b -> declared.add(prefix(b.kind()) + b.type() + "." + b.name()));
    Set<String> used = new TreeSet<>();
    for (Matcher m = REFERENCE.matcher(TerraformFiles.text()); m.find(); ) {
      used.add((m.group(1) == null ? "" : m.group(1)) + m.group(2) + "." + m.group(3));
    }
    assertThat(used).isNotEmpty().isSubsetOf(declared);
  }

  @ParameterizedTest
  @MethodSource("names")
  void variablesAndLocalsAreDeclaredAndUsed(String use, String declaration) {
    String text = TerraformFiles.text();
    assertThat(found(text, use)).isEqualTo(found(text, declaration));
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> names() {
    return Stream.of(
        org.junit.jupiter.params.provider.Arguments.of(
            "\\bvar\\.(\\w+)", "(?m)^variable \"(\\w+)\""));
  }

  @Test
  void podIdentitiesAreForServiceAccountsThatExist() {
    Map<String, Object> pods =
        TerraformFiles.blocks("resource").stream()
            .filter(b -> b.type().equals("aws_eks_pod_identity_association"))
            .filter(b -> b.name().equals("application"))
            .findAny()
            .orElseThrow()
            .body();
    String namespace = pods.get("namespace").toString();
    for (String account : List.of("ingest", "worker")) {
      assertThat(Manifests.named("ServiceAccount", namespace, account)).hasSize(1);
      assertThat(ProjectFiles.read("terraform/iam.tf"))
          .contains(account + " = data.aws_iam_policy_document." + account + ".json");
    }
  }

  /** Only S3 would reject a prefix that was added to the code but not to its policy. */
  @Test
  void everyPrefixOfTheBucketHasPermissionsAndAnExpiry() {
    Set<String> directories =
        found(
            ProjectFiles.read("shared-lib/src/main/java/io/thumbnailer/job/JobKeys.java"),
            "String [A-Z]+ = \"(\\w+)/\"");
    assertThat(directories).contains("uploads", "thumbnails", "incoming");
    assertThat(found(ProjectFiles.read("terraform/iam.tf"), "images\\.arn\\}/(\\w+)/\\*"))
        .isEqualTo(directories);
    assertThat(found(ProjectFiles.read("terraform/s3.tf"), "prefix = \"(\\w+)/\""))
        .isEqualTo(directories);
  }

  /** A replay of a dead letter needs its original. */
  @Test
  void originalsStayLongerThanDeadLetters() {
    int days =
        Integer.parseInt(
            found(
                    ProjectFiles.read("terraform/variables.tf"),
                    "\"uploads_expire_days\" \\{[^}]*?default\\s+= (\\d+)")
                .iterator()
                .next());
    int deadLetters =
        Integer.parseInt(
            found(
                    ProjectFiles.read(
                        "shared-lib/src/main/java/io/thumbnailer/messaging/redis/RedisSettings.java"),
                    "dead-letter\\.retention\",\\s+Duration\\.ofDays\\((\\d+)\\)")
                .iterator()
                .next());
    assertThat(days).isGreaterThan(deadLetters);
  }

  @Test
  void manifestsUseTheOutputsOfTerraform(@TempDir Path directory) throws Exception {
    String rendered =
        ProjectFiles.read("terraform/templates/kustomization.yaml.tftpl")
            .replaceAll("(?s)%\\{ if .*?%\\{ endif ~}\n", "")
            .replace("${overlay}", "eks")
            .replace("${name}", "some-name")
            .replace("${image_tag}", "0.1.0")
            .replace("${bucket}", "some-bucket")
            .replace("${region}", "eu-central-1")
            .replace("${ingest_image}", "registry.example/x-ingest")
            .replace("${worker_image}", "registry.example/x-worker")
            .replace("${jsonencode(http_allowed_cidrs)}", "[\"198.51.100.7/32\"]");
    assertThat(rendered).doesNotContain("${");
    // kustomize takes relative directories only
    Path overlay = Files.createDirectories(directory.resolve("build/eks"));
    Path base = ProjectFiles.path("kubernetes");
    Files.writeString(
        overlay.resolve("kustomization.yaml"),
        rendered.replace(
            "../../kubernetes", overlay.toRealPath().relativize(base.toRealPath()).toString()));
    List<JsonNode> objects =
        Yaml.documents(Tool.required("kubectl").run("kustomize", overlay.toString()).output());
    assertThat(objects.toString())
        .contains(
            "\"image\":\"registry.example/x-ingest:0.1.0\"",
            "\"image\":\"registry.example/x-worker:0.1.0\"",
            "\"AWS_S3_BUCKET_NAME\":\"some-bucket\"",
            "\"AWS_REGION\":\"eu-central-1\"",
            "\"loadBalancerSourceRanges\":[\"198.51.100.7/32\"]",
            "\"tagSpecification_1\":\"Project=some-name\"");
  }

  private static String prefix(String kind) {
    return kind.equals("data") ? "data." : "";
  }

  private static Set<String> found(String text, String pattern) {
    Set<String> found = new TreeSet<>();
    for (Matcher m = Pattern.compile(pattern).matcher(text); m.find(); ) {
      found.add(m.group(1));
    }
    return found;
  }

  private static void check(
      String where,
      Map<String, Object> body,
      JsonNode schema,
      Set<String> besides,
      List<String> problems) {
    Set<String> given = new TreeSet<>(body.keySet());
    Map<String, Object> dynamic =
        body.containsKey("dynamic") ? TerraformFiles.object(body.get("dynamic")) : Map.of();
    given.remove("dynamic");
    given.addAll(dynamic.keySet());
    given.removeAll(besides);
    for (String name : given) {
      if (!schema.has(name)) {
        problems.add(where + ": unknown " + name);
      } else if (schema.at("/" + name).has("arguments")) {
        Object value = dynamic.containsKey(name) ? content(dynamic.get(name)) : body.get(name);
        checkNested(where + "." + name, value, schema.at("/" + name + "/arguments"), problems);
      }
    }
    schema
        .properties()
        .forEach(
            argument -> {
              if (argument.getValue().at("/required").asBoolean()
                  && !given.contains(argument.getKey())) {
                problems.add(where + ": missing " + argument.getKey());
              }
            });
  }

  private static Object content(Object dynamic) {
    return TerraformFiles.object(dynamic).get("content");
  }

  private static void checkNested(
      String where, Object value, JsonNode schema, List<String> problems) {
    if (value instanceof Collection<?> blocks) {
      blocks.forEach(block -> checkNested(where, block, schema, problems));
    } else if (value instanceof Map<?, ?>) {
      check(where, TerraformFiles.object(value), schema, Set.of(), problems);
    }
  }
}
