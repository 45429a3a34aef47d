package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Settings in manifests, compose and the example environment are ones that the code reads. */
class ConfigurationKeysTest {
  private static final Pattern KEY = Pattern.compile("\"(thumbnailer\\.[a-z0-9.-]+[a-z0-9])\"");
  private static final Pattern ALIAS = Pattern.compile("\"((?:AWS|REDIS)_[A-Z0-9_]+)\"");

  @Test
  void keysOfTheConfigMapAreReadByTheCodeOrByTheServer() {
    Set<String> known = known();
    String variables =
        ProjectFiles.read("docs/configuration.md").split("\n## Variables of the server\n", 2)[1];
    assertThat(Kustomization.generatedKeys("ConfigMap", "thumbnailer-config"))
        .isNotEmpty()
        .allMatch(
            key -> known.contains(key) || variables.contains("\n| `" + key + "` |"),
            "is read by the code, or is in the table of the server's variables");
  }

  @Test
  void keysOfTheSecretAreReadByTheCode() {
    assertThat(Kustomization.generatedKeys("Secret", "thumbnailer-secret"))
        .contains("REDIS_URL")
        // a key's own name follows the family's
        .allMatch(key -> key.startsWith("THUMBNAILER_ACCESS_KEYS_") || known().contains(key));
    assertThat(known()).contains("THUMBNAILER_ACCESS_KEYS");
  }

  @Test
  void requiredSettingsAreGiven() {
    assertThat(Kustomization.generatedKeys("ConfigMap", "thumbnailer-config"))
        .contains("AWS_S3_BUCKET_NAME", "AWS_REGION");
  }

  /** The environment names of all keys in the code, as MicroProfile Config maps them. */
  static Set<String> known() {
    Set<String> known = new TreeSet<>();
    for (String module : List.of("shared-lib", "ingest-war", "worker-war")) {
      String sources = ProjectFiles.mainSources(module);
      for (Matcher m = KEY.matcher(sources); m.find(); ) {
        known.add(m.group(1).replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT));
      }
      for (Matcher m = ALIAS.matcher(sources); m.find(); ) {
        known.add(m.group(1));
      }
    }
    return known;
  }
}
