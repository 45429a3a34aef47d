package io.thumbnailer.systemtests.browser;

import io.thumbnailer.systemtests.SearchPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The Chromium of this machine. Nothing is downloaded: browser and driver come from the system's
 * packages, so that they always fit together.
 *
 * @param browser the program
 * @param driver ChromeDriver of the same version
 */
record ChromiumInstallation(Path browser, Path driver) {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** Looks along the PATH; empty if either is missing. */
  static Optional<ChromiumInstallation> find() {
    return BROWSERS.stream()
        .flatMap(name -> SearchPath.find(name).stream())
        .findFirst()
        .flatMap(
            browser ->
                SearchPath.find("chromedriver")
                    .map(driver -> new ChromiumInstallation(browser, driver)));
  }
}
