package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.devservices.images.TestImages;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.microshed.testing.ManuallyStartedConfiguration;
import org.microshed.testing.jupiter.MicroShedTest;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/** A client that is generated from the API description works. */
@MicroShedTest
class GeneratedClientIT {
  @TempDir Path directory;

  /**
   * The code that a user writes with the generated client: uploads an image and saves the
   * thumbnail.
   */
  private static final String USE =
      """
      package generated;

      import generated.api.JobsApi;
      import generated.api.ThumbnailsApi;
      import generated.api.UploadsApi;
      import generated.model.JobStatus;
      import generated.model.JobView;
      import java.io.File;
      import java.util.UUID;
      import java.util.function.BiFunction;

      public class Use implements BiFunction<String, File, File> {
        @Override
        public File apply(String server, File image) {
          try {
            ApiClient client = new ApiClient();
            client.updateBaseUri(server);
            UUID id =
                new UploadsApi(client)
                    .upload(image, null, "small", "high", null)
                    .getJobs()
                    .get(0)
                    .getId();
            JobsApi jobs = new JobsApi(client);
            for (int i = 0; i < 600; i++) {
              JobView job = jobs.job(id);
              if (job.getStatus() == JobStatus.DONE) {
                return new ThumbnailsApi(client).thumbnail(id, "small", null);
              }
              Thread.sleep(100);
            }
            throw new IllegalStateException("the job takes too long");
          } catch (ApiException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }
      }
      """;

  @Test
  void aGeneratedClientCompilesAndUploadsAnImageAndGetsItsThumbnail() throws Exception {
    String server = ManuallyStartedConfiguration.getRuntimeURL();
    Path sources = generate(server);
    Path use = Files.writeString(directory.resolve("Use.java"), USE);
    Path classes = compile(sources, use);
    Path image = Files.write(directory.resolve("photo.jpg"), TestImages.encoded(640, 480, "jpeg"));

    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      @SuppressWarnings("unchecked")
      BiFunction<String, File, File> client =
          (BiFunction<String, File, File>)
              loader.loadClass("generated.Use").getConstructor().newInstance();
      File thumbnail = client.apply(withoutSlash(server), image.toFile());
      try {
        assertThat(ImageIO.read(thumbnail).getWidth()).isEqualTo(128);
      } finally {
        Files.delete(
            thumbnail.toPath()); // the client has put it into the JVM's temporary directory
      }
    }
  }

  private Path generate(String server) {
    CodegenConfigurator options =
        new CodegenConfigurator()
            .setGeneratorName("java")
            .setLibrary("native")
            .setInputSpec(URI.create(server).resolve("openapi").toString())
            .setOutputDir(directory.resolve("client").toString())
            .setInvokerPackage("generated")
            .setApiPackage("generated.api")
            .setModelPackage("generated.model")
            .addAdditionalProperty("openApiNullable", "false")
            .addAdditionalProperty("useJakartaEe", "true");
    List<File> files = new DefaultGenerator().opts(options.toClientOptInput()).generate();
    assertThat(files).isNotEmpty();
    return directory.resolve("client/src/main/java");
  }

  private Path compile(Path sources, Path use) throws IOException {
    Path classes = Files.createDirectory(directory.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files =
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        Stream<Path> generated = Files.walk(sources)) {
      List<Path> units =
          Stream.concat(generated.filter(file -> file.toString().endsWith(".java")), Stream.of(use))
              .toList();
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of(
                      "-d",
                      classes.toString(),
                      "-cp",
                      System.getProperty("java.class.path"),
                      "-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(units))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
    return classes;
  }

  private static String withoutSlash(String address) {
    return address.replaceAll("/+$", "");
  }
}
