package io.thumbnailer.devservices;

import java.util.Locale;

/** What a server of its own does, and the application and port that make it so. */
public enum ServerRole {
  /** Takes uploads, shows jobs and thumbnails. */
  INGEST("ingest-war", 9080),
  /** Makes the thumbnails. */
  WORKER("worker-war", 9081);

  private final String module;
  private final int usualPort;

  ServerRole(String module, int usualPort) {
    this.module = module;
    this.usualPort = usualPort;
  }

  /** The server's name, which its configuration file has too. */
  public String serverName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The Maven module of the application. */
  String module() {
    return module;
  }

  /** The port that it takes when nobody else has it. */
  public int usualPort() {
    return usualPort;
  }
}
