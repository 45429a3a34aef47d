package io.thumbnailer.scalinglab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.scalinglab.elasticity.StepFunction;
import io.thumbnailer.scalinglab.scaler.Scaler;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
  private static final PolicyPlugin.Worker WORKER = new PolicyPlugin.Worker(5, 17, 1, 20);
  private static final String SERVICE = "META-INF/services/" + PolicyPlugin.class.getName();

  @TempDir Path directory;

  @Test
  void theExampleOfTheReadmeIsAPolicyOfItsJar() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    Matcher example = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(example.find()).isTrue();
    try (Plugins plugins = new Plugins(List.of(jar("Thirds", example.group(1), "Thirds")))) {
      List<Policy> policies = plugins.policies(WORKER);
      assertThat(policies).hasSize(1);
      Policy policy = policies.get(0);
      assertThat(policy.name()).isEqualTo("thirds");
      assertThat(policy.kind()).isEqualTo(Policy.Kind.PLUGIN);
      Scaler scaler =
          policy
              .scalers()
              .create(
                  new Policy.Run(
                      new StepFunction(1), new StepFunction(1), "step", new SplittableRandom(1)));
      assertThat(scaler.nextSeconds()).isZero();
    }
  }

  @Test
  void aJarWithoutAPluginIsRefused() throws Exception {
    Path jar = jar("Other", "public class Other {}", null);
    assertThatThrownBy(() -> new Plugins(List.of(jar)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no META-INF/services/");
  }

  @Test
  void aClassThatIsNoPolicyIsRefused() throws Exception {
    Path jar = jar("Other", "public class Other {}", "Other");
    assertThatThrownBy(() -> new Plugins(List.of(jar)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be loaded");
  }

  @Test
  void aMissingJarIsNamed() {
    assertThatThrownBy(() -> new Plugins(List.of(directory.resolve("none.jar"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.jar");
  }

  private Path jar(String name, String source, String service) throws Exception {
    Path file = Files.writeString(directory.resolve(name + ".java"), source);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString(),
                file.toString());
    assertThat(result).isZero();
    Path jar = directory.resolve(name + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      try (var classes = Files.list(directory)) {
        for (Path found : classes.filter(f -> f.toString().endsWith(".class")).toList()) {
          entries.putNextEntry(new JarEntry(found.getFileName().toString()));
          entries.write(Files.readAllBytes(found));
        }
      }
      if (service != null) {
        entries.putNextEntry(new JarEntry(SERVICE));
        entries.write(service.getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }
}
