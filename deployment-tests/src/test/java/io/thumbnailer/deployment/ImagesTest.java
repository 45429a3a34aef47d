package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dockerfile, bake file, compose file and manifests speak of the same images. */
class ImagesTest {
  private static final String DOCKERFILE = ProjectFiles.read("Dockerfile");
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
  void whatTheDockerfileCopiesExists() {
    for (Matcher m =
            Pattern.compile("(?m)^COPY (?:--chown=\\S+ )?(liberty-config\\S+) ")
                .matcher(DOCKERFILE);
        m.find(); ) {
      assertThat(ProjectFiles.path(m.group(1))).exists();
    }
  }

  @Test
  void imagesRunWithoutRootAndWithoutAShell() {
    assertThat(DOCKERFILE.split("\nUSER 1001\n", -1)).hasSize(3);
    assertThat(DOCKERFILE).contains("ENTRYPOINT [\"java\"");
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
