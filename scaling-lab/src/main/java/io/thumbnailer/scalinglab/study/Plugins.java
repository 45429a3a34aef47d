package io.thumbnailer.scalinglab.study;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The policies of plug-in jars. */
public final class Plugins implements AutoCloseable {
  private final URLClassLoader loader;
  private final List<PolicyPlugin> plugins = new ArrayList<>();

  /**
   * Opens jars.
   *
   * @throws IllegalArgumentException if one is missing, or holds no plug-in or an invalid one
   */
  public Plugins(List<Path> jars) {
    loader =
        new URLClassLoader(
            jars.stream().map(Plugins::url).toArray(URL[]::new), Plugins.class.getClassLoader());
    try {
      ServiceLoader.load(PolicyPlugin.class, loader).forEach(plugins::add);
    } catch (ServiceConfigurationError e) {
      throw new IllegalArgumentException("a plug-in cannot be loaded: " + e.getMessage(), e);
    }
    if (!jars.isEmpty() && plugins.isEmpty()) {
      throw new IllegalArgumentException(
          jars + ": no META-INF/services/" + PolicyPlugin.class.getName());
    }
  }

  private static URL url(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new IllegalArgumentException(jar + ": no such plug-in");
    }
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(jar + ": not a path", e);
    }
  }

  /** A policy of each plug-in. */
  public List<Policy> policies(PolicyPlugin.Worker worker) {
    return plugins.stream()
        .map(
            plugin ->
                new Policy(
                    plugin.name(),
                    plugin.description(),
                    Policy.Kind.PLUGIN,
                    run -> plugin.create(worker, run)))
        .toList();
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
