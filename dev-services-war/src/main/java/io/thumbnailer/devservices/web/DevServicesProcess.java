package io.thumbnailer.devservices.web;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The development services in a JVM of their own: the S3 server's libraries stay out of Liberty,
 * and the pipe to the child ends it together with this process, however that ends.
 */
final class DevServicesProcess {
  private static final String READY = "READY";
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private final Process process;
  private final Map<String, String> environment;

  private DevServicesProcess(Process process, Map<String, String> environment) {
    this.process = process;
    this.environment = environment;
  }

  /** Starts the main class with the class path of its loader, and waits until it is ready. */
  static DevServicesProcess start(Class<?> main, String data) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(main),
                main.getName(),
                data)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new DevServicesProcess(process, readEnvironment(process));
  }

  /** In a loose application the jars are in the local repository: the loader knows where. */
  private static String classPath(Class<?> main) throws IOException {
    Set<String> entries = new LinkedHashSet<>();
    entries.add(filePath(main.getResource(main.getSimpleName() + ".class"), main));
    for (URL manifest : Collections.list(main.getClassLoader().getResources(MANIFEST))) {
      String text = manifest.toString();
      int start = text.indexOf("file:");
      int end = text.indexOf("!/");
      if (start >= 0 && end > start && text.contains(".jar!")) {
        entries.add(text.substring(start + "file:".length(), end));
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static String filePath(URL ofClass, Class<?> main) {
    String text = ofClass.toString();
    String path = text.substring(text.indexOf("file:") + "file:".length());
    int jar = path.indexOf("!/");
    return jar >= 0
        ? path.substring(0, jar)
        : path.substring(0, path.length() - (main.getName().length() + ".class".length()));
  }

  private static Map<String, String> readEnvironment(Process process) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.equals(READY)) {
        return environment;
      }
      int equals = line.indexOf('=');
      if (equals > 0) {
        environment.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    throw new IOException("the child process ended before it was ready");
  }

  /** What points the applications at the services. */
  Map<String, String> environment() {
    return environment;
  }

  /** Ends the input of the child, which then stops its services, and waits for it. */
  void stop() {
    try {
      process.getOutputStream().close();
      if (process.waitFor(10, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException e) {
      // ended by force below
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroy();
  }
}
