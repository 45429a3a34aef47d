package io.thumbnailer.devservices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs servers from their images with the restrictions that Kubernetes applies: read-only, without
 * capabilities, not root, half a gigabyte of memory. They share the host's network, so that they
 * can reach the tests' Redis and S3; this requires an engine on Linux.
 *
 * @param command the engine's program, {@code docker} or {@code podman}
 * @param options for its {@code run}
 * @param images prefix of the images' names, such as {@code thumbnailer-}
 * @param tag of the images
 */
public record ContainerEngine(String command, List<String> options, String images, String tag)
    implements ServerPlatform {
  private static final String ID_FILE = "container-id";

  @Override
  public Process launch(
      ServerRole role, Path directory, int port, Map<String, String> environment, Path log)
      throws IOException {
    Files.deleteIfExists(directory.resolve(ID_FILE));
    Map<String, String> variables = new TreeMap<>(environment);
    variables.remove("JVM_ARGS"); // the image has its own options
    variables.put("HTTP_PORT", Integer.toString(port));
    variables.put("HTTP_HOST", "127.0.0.1");
    List<String> line = new ArrayList<>(List.of(command, "run", "--rm", "--network", "host"));
    line.addAll(List.of("--cidfile", directory.resolve(ID_FILE).toString()));
    line.addAll(List.of("--read-only", "--tmpfs", "/tmp:rw,exec,size=512m"));
    line.addAll(List.of("--cap-drop", "ALL", "--security-opt", "no-new-privileges"));
    line.addAll(List.of("--memory", "512m", "--stop-timeout", "45"));
    // Only names: the values come from the engine's environment, so that the process list shows no
    // secret.
    variables.keySet().forEach(name -> line.addAll(List.of("--env", name)));
    line.addAll(options);
    line.add(images + role.serverName() + ":" + tag);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(variables);
    return builder.start();
  }

  @Override
  public void requestStop(ServerRole role, Path directory) throws IOException {
    var unused = tell("stop", directory);
  }

  private Process tell(String verb, Path directory) throws IOException {
    return new ProcessBuilder(command, verb, Files.readString(directory.resolve(ID_FILE)).strip())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Override
  public void kill(Process process, Path directory) {
    try {
      if (tell("kill", directory).waitFor() != 0) {
        throw new DevServicesException("The engine did not kill the container of " + directory);
      }
    } catch (IOException e) {
      throw new DevServicesException("The container of " + directory + " cannot be killed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevServicesException("Interrupted while killing a container", e);
    }
  }
}
