package io.thumbnailer.systemtests;

import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * One ingest and one worker server, shared by all tests that leave them unchanged. They start with
 * the first such test and end with the JVM.
 */
public final class SharedDeployment {
  private static SharedDeployment instance;

  private final Deployment deployment;
  private final LibertyServer ingest;
  private final LibertyServer worker;

  private SharedDeployment(Path directory) {
    deployment = Deployment.start(directory);
    Runtime.getRuntime().addShutdownHook(new Thread(deployment::close, "stop-shared-deployment"));
    ingest = deployment.launchServer(ServerRole.INGEST, Map.of());
    worker = deployment.launchServer(ServerRole.WORKER, Map.of());
    ingest.awaitReady(Deployment.START_LIMIT);
    worker.awaitReady(Deployment.START_LIMIT);
  }

  /** The deployment, which is started at the first call. */
  public static synchronized SharedDeployment get() {
    if (instance == null) {
      try {
        Path directory = Files.createDirectories(Path.of("target", "shared-deployment"));
        instance = new SharedDeployment(Files.createTempDirectory(directory, "run-"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return instance;
  }

  /** Redis, S3 and the bucket. */
  public Deployment deployment() {
    return deployment;
  }

  /** The server that takes uploads. */
  public LibertyServer ingest() {
    return ingest;
  }

  /** The server that makes thumbnails. */
  public LibertyServer worker() {
    return worker;
  }
}
