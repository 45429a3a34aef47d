package io.thumbnailer.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that was built; Maven writes it into a file beside this class. */
public final class BuildVersion {
  private static final String CURRENT = read();

  private BuildVersion() {}

  /** Such as {@code 0.1.0}; {@code development} where the build did not write it. */
  public static String current() {
    return CURRENT;
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = BuildVersion.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "development");
  }
}
