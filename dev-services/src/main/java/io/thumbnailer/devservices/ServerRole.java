package io.thumbnailer.devservices;

import java.util.Locale;

/** The role of a separate server, with its application and port. */
public enum ServerRole {
  /** Receives uploads, serves jobs and thumbnails. */
  INGEST("ingest-war", 9080),
  /** Creates the thumbnails. */
  WORKER("worker-war", 9081);

  private final String module;
  private final int usualPort;

  ServerRole(String module, int usualPort) {
    this.module = module;
    this.usualPort = usualPort;
  }

  /** The server's name, which is also that of its configuration file. */
  public String serverName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The Maven module of the application. */
  String module() {
    return module;
  }

  /** Whether probes and metrics have a port of their own; a worker's only port is for them. */
  boolean hasManagementPort() {
    return this == INGEST;
  }

  /** The preferred port. */
  public int usualPort() {
    return usualPort;
  }
}
