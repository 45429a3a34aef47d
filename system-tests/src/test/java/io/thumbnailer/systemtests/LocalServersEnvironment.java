package io.thumbnailer.systemtests;

import org.microshed.testing.ManuallyStartedConfiguration;

/**
 * MicroShed Testing's manually started mode, with servers that this class starts unless they are
 * already running: with {@code -Dmicroshed_manual_env=true}, host and port, the same tests run
 * against any deployment.
 */
public class LocalServersEnvironment extends ManuallyStartedConfiguration {
  @Override
  public boolean isAvailable() {
    return !super.isAvailable();
  }

  @Override
  public void start() {
    setRuntimeURL(SharedDeployment.get().ingest().uri().toString());
  }
}
