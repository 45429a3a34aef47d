package io.thumbnailer.systemtests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium with a new, empty profile, configured to make no calls of its own. */
final class Browser implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Set<String> TOLERATED_IMPACTS = Set.of("minor", "moderate");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one; {@link BrowserTest} has made sure that it is there. */
  static Browser start() {
    ChromiumInstallation installation = ChromiumInstallation.find().orElseThrow();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(installation.browser().toString());
    options.addArguments(
        "--headless",
        "--no-sandbox", // it runs as root in containers, and opens only pages of this project
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--force-device-scale-factor=1",
        "--user-data-dir=" + profile());
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(installation.driver().toFile())
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(5));
    return new Browser(driver);
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Sets the inner size of the window, in CSS pixels, exactly. */
  void viewport(int width, int height, boolean phone) {
    cdp(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
  }

  /** Sets the preferred colour scheme: {@code light} or {@code dark}. */
  void colours(String scheme) {
    cdp(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Calls the browser's own protocol for features that WebDriver lacks. */
  Map<String, Object> cdp(String command, Map<String, Object> parameters) {
    return driver.executeCdpCommand(command, parameters);
  }

  /** Drops files on a point of the page, through the browser's own drag and drop. */
  void drop(int x, int y, List<Path> files) {
    Map<String, Object> data =
        Map.of(
            "items",
            List.of(),
            "files",
            files.stream().map(file -> file.toAbsolutePath().toString()).toList(),
            "dragOperationsMask",
            1);
    for (String type : List.of("dragEnter", "dragOver", "drop")) {
      cdp("Input.dispatchDragEvent", Map.of("type", type, "x", x, "y", y, "data", data));
    }
  }

  /** Saves a screenshot of the whole page as build output. */
  Path screenshot(String name) {
    return screenshot(name, true);
  }

  /** Saves a screenshot of the window as build output. */
  Path screenshotOfWindow(String name) {
    return screenshot(name, false);
  }

  private Path screenshot(String name, boolean beyondWindow) {
    try {
      Files.createDirectories(SCREENSHOTS);
      Map<String, Object> image =
          cdp("Page.captureScreenshot", Map.of("captureBeyondViewport", beyondWindow));
      return Files.write(
          SCREENSHOTS.resolve(name + ".png"),
          OutputType.BYTES.convertFromBase64Png((String) image.get("data")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fails on serious and critical findings, and on a page that is wider than the window. Legacy
   * mode stays in this window; the other is for frames of foreign origin, of which there are none.
   */
  @SuppressWarnings("deprecation") // the other mode opens windows, and fails on a slow machine
  void assertAccessible() {
    List<Rule> found = new AxeBuilder().setLegacyMode(true).analyze(driver).getViolations();
    assertThat(found.stream().filter(rule -> !TOLERATED_IMPACTS.contains(rule.getImpact())))
        .as("accessibility findings on %s", driver.getCurrentUrl())
        .isEmpty();
    assertThat((Long) driver.executeScript("return document.documentElement.scrollWidth"))
        .as("width of %s", driver.getCurrentUrl())
        .isLessThanOrEqualTo((Long) driver.executeScript("return window.innerWidth"));
  }

  /**
   * Fails on anything in the console since the last call: script errors, violations of the content
   * security policy, files that are missing.
   *
   * @param expected parts of expected lines, such as those of an upload that is meant to be refused
   */
  void assertQuietConsole(String... expected) {
    List<String> lines = consoleLines();
    lines.removeIf(line -> List.of(expected).stream().anyMatch(line::contains));
    assertThat(lines).as("console").isEmpty();
  }

  /** Clears the console, so that one failed test does not fail the next. */
  void forgetConsole() {
    var unused = consoleLines();
  }

  private List<String> consoleLines() {
    List<String> lines = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      lines.add(entry.getLevel() + " " + entry.getMessage());
    }
    return lines;
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static Path profile() {
    try {
      Path directory = Files.createDirectories(Path.of("target", "browser-profiles"));
      return Files.createTempDirectory(directory, "profile-").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
