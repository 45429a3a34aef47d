package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dockerfile, bake file, compose file and manifests name the same images. */
class ImagesTest {
  private static final String DOCKERFILE = ProjectFiles.read("Dockerfile");
  private static final String START =
      ProjectFiles.read("liberty-config/src/main/liberty/container/start");
  private static final String TRAIN =
      ProjectFiles.read("liberty-config/src/main/liberty/container/train");
  private static final JsonNode COMPOSE = Yaml.document(ProjectFiles.read("compose.yaml"));

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "worker"})
  void imageHasOneNameEverywhere(String server) {
    String image = "thumbnailer-" + server + ":0.1.0";
    assertThat(DOCKERFILE).contains("FROM server AS " + server);
    assertThat(ProjectFiles.read("docker-bake.hcl"))
        .contains(
            "target = \"" + server + "\"", "${REGISTRY}thumbnailer-" + server + ":${VERSION}");
    assertThat(COMPOSE.at("/services/" + server + "/image").asText()).isEqualTo(image);
    assertThat(COMPOSE.at("/services/" + server + "/build/target").asText()).isEqualTo(server);
    assertThat(Manifests.one("Deployment", server).containers().get(0).at("/image").asText())
        .isEqualTo(image);
  }

  @Test
  void everythingThatTheDockerfileCopiesExists() {
    for (Matcher m =
            Pattern.compile("(?m)^COPY (?:--chown=\\S+ )?(liberty-config\\S+) ")
                .matcher(DOCKERFILE);
        m.find(); ) {
      assertThat(ProjectFiles.path(m.group(1))).exists();
    }
  }

  /** Process 1 receives the signals, so that a container stops its server cleanly. */
  @Test
  void imagesRunWithoutRootAndJavaBecomesProcessOne() {
    assertThat(DOCKERFILE.split("\nUSER 1001\n", -1)).hasSize(3);
    assertThat(DOCKERFILE)
        .contains("ENTRYPOINT [\"/bin/sh\", \"/opt/ol/wlp/usr/servers/defaultServer/start\"]");
    assertThat(START).contains("\nexec java ");
  }

  /** The root is read-only; without the caches of a first start, every start is slower. */
  @Test
  void serversStartWithTheWorkAreaAndTheCacheThatTheImagesWereBuiltWith() {
    assertThat(DOCKERFILE).contains("WLP_OUTPUT_DIR=/tmp/output ");
    assertThat(DOCKERFILE.split("\nRUN sh \\S+/train \\d+\n", -1)).hasSize(3);
    assertThat(TRAIN)
        .contains(
            "cp -Rp \"$WLP_OUTPUT_DIR/.\" /opt/ol/filled-output",
            "-XX:AOTCacheOutput=/opt/ol/server.aot");
    assertThat(START)
        .contains("ol=/opt/ol\n", "cp -Rp $ol/filled-output \"$WLP_OUTPUT_DIR\"")
        .contains("-XX:AOTCache=$ol/server.aot");
  }

  /** Maven reads the POM of every module, even of those that it does not build. */
  @Test
  void buildSeesThePomOfEveryModule() {
    List<String> ignore = ProjectFiles.read(".dockerignore").lines().toList();
    Matcher modules =
        Pattern.compile("<module>(.+)</module>").matcher(ProjectFiles.read("pom.xml"));
    List<String> hidden =
        modules
            .results()
            .map(module -> module.group(1))
            .filter(m -> !ignore.contains("!" + m) && !ignore.contains("!" + m + "/pom.xml"))
            .toList();
    assertThat(ignore).contains("!pom.xml");
    assertThat(hidden).isEmpty();
  }

  @Test
  void buildSeesTheModulesThatItCompiles() {
    List<String> ignore = ProjectFiles.read(".dockerignore").lines().toList();
    Matcher built = Pattern.compile("-pl (\\S+) -am").matcher(DOCKERFILE);
    assertThat(built.find()).isTrue();
    for (String module : built.group(1).split(",", -1)) {
      assertBuildSees(module, ignore);
    }
  }

  private static void assertBuildSees(String module, List<String> ignore) {
    assertThat(ignore).contains("!" + module);
    Matcher needed =
        Pattern.compile(
                "<groupId>io\\.thumbnailer</groupId>\\s*<artifactId>([^<]+)</artifactId>(?!\\s*<version>0)")
            .matcher(ProjectFiles.read(module + "/pom.xml"));
    while (needed.find()) {
      assertBuildSees(needed.group(1), ignore);
    }
  }

  /** The environment alone chooses the access mode, because a server cannot download features. */
  @Test
  void imageContainsTheFeatureForTokensThatIsLoadedOnDemand() {
    assertThat(DOCKERFILE)
        .containsPattern(
            "\nRUN THUMBNAILER_ACCESS=jwt OTEL_SDK_DISABLED=false \\\\\n *sh \\S+/trim ");
    assertThat(ProjectFiles.read("liberty-config/src/main/liberty/config/ingest.xml"))
        .contains("\"${server.config.dir}/fragments/access-${env.THUMBNAILER_ACCESS}.xml\"");
    assertThat(ProjectFiles.read("liberty-config/src/main/liberty/config/fragments/access-jwt.xml"))
        .contains("<feature>mpJwt</feature>");
  }

  /** Traces can be enabled in any image by the environment alone. */
  @Test
  void imagesContainTheFeatureForTracesThatIsLoadedOnDemand() {
    assertThat(DOCKERFILE.split("\nRUN .*OTEL_SDK_DISABLED=false [^&]*?sh \\S+/trim ", -1))
        .hasSize(3);
    for (String server : List.of("ingest", "worker")) {
      assertThat(ProjectFiles.read("liberty-config/src/main/liberty/config/" + server + ".xml"))
          .contains(
              "\"${server.config.dir}/fragments/otel-disabled-${env.OTEL_SDK_DISABLED}.xml\"");
    }
    assertThat(
            ProjectFiles.read(
                "liberty-config/src/main/liberty/config/fragments/otel-disabled-false.xml"))
        .contains("<feature>mpTelemetry</feature>");
  }

  /** Open Liberty logs a warning and an incident for an include whose variable is not set. */
  @ParameterizedTest
  @ValueSource(strings = {"ingest", "worker"})
  void imageSetsEveryVariableInTheServersIncludes(String server) {
    String shared = DOCKERFILE.substring(DOCKERFILE.indexOf(" AS server\n"));
    String stage = DOCKERFILE.substring(DOCKERFILE.indexOf("FROM server AS " + server + "\n"));
    String set = shared.substring(0, shared.indexOf("\nFROM ")) + stage.split("\nFROM ", 2)[0];
    Matcher variable =
        Pattern.compile("<include location=\"[^\"]*\\$\\{env\\.([A-Z_]+)}")
            .matcher(
                ProjectFiles.read("liberty-config/src/main/liberty/config/" + server + ".xml"));
    assertThat(variable.results().map(found -> found.group(1)))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(set).containsPattern("(ENV|\\n) *" + name + "=\\S"));
  }

  @Test
  void noSecretReachesTheBuild() {
    assertThat(ProjectFiles.read(".dockerignore")).startsWith("#").contains("\n*\n", "**/.env*");
  }

  @Test
  void composeUsesVariablesOfTheExampleOnly() {
    Set<String> given = new TreeSet<>();
    ProjectFiles.read(".env.example")
        .lines()
        .filter(line -> line.matches("[A-Z].*=.*"))
        .forEach(line -> given.add(line.substring(0, line.indexOf('='))));
    Set<String> used = new TreeSet<>();
    for (Matcher m =
            Pattern.compile("(?<!\\$)\\$\\{(\\w+)").matcher(ProjectFiles.read("compose.yaml"));
        m.find(); ) {
      used.add(m.group(1));
    }
    assertThat(used).isEqualTo(given).isSubsetOf(ConfigurationKeysTest.known());
  }

  @Test
  void composeFileIsValid(@TempDir Path directory) throws Exception {
    Files.copy(ProjectFiles.path(".env.example"), directory.resolve(".env"));
    Path file = directory.resolve("compose.yaml");
    // Debian's Compose is older than the project's name in the file, and knows the rest
    Files.writeString(file, ProjectFiles.read("compose.yaml").replaceFirst("(?m)^name: .*$", ""));
    Tool.required("docker-compose")
        .run(
            "--project-directory",
            directory.toString(),
            "-f",
            file.toString(),
            "config",
            "--quiet");
  }

  /** Engines mount a tmpfs without it, and then neither WebP nor libjpeg-turbo can be loaded. */
  @Test
  void composeLetsNativeLibrariesRunWhereTheyAreUnpacked() {
    assertThat(COMPOSE.at("/x-application/tmpfs/0").asText()).startsWith("/tmp:exec");
  }

  @Test
  void composeMountsFilesThatExist() {
    for (JsonNode service : COMPOSE.at("/services")) {
      for (JsonNode volume : service.at("/volumes")) {
        if (volume.asText().startsWith("./")) {
          assertThat(ProjectFiles.path(volume.asText().substring(0, volume.asText().indexOf(':'))))
              .exists();
        }
      }
    }
  }

  @Test
  void composeStartsAfterServicesThatExist() {
    for (Map.Entry<String, JsonNode> service : COMPOSE.at("/services").properties()) {
      service
          .getValue()
          .at("/depends_on")
          .fieldNames()
          .forEachRemaining(name -> assertThat(COMPOSE.at("/services").has(name)).isTrue());
    }
  }
}
