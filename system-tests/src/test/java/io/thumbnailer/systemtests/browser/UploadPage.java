package io.thumbnailer.systemtests.browser;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;

/** The page of those who upload, by what they see on it. */
final class UploadPage {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Browser browser;

  private UploadPage(Browser browser) {
    this.browser = browser;
  }

  static UploadPage open(Browser browser, URI server) {
    browser.driver().get(server.toString());
    return new UploadPage(browser);
  }

  /** Chooses files in the picker. */
  void pick(List<Path> files) {
    picker()
        .sendKeys(
            files.stream()
                .map(file -> file.toAbsolutePath().toString())
                .collect(Collectors.joining("\n")));
  }

  WebElement picker() {
    return browser.driver().findElement(By.id("files"));
  }

  /** The card of a file. */
  WebElement card(String filename) {
    return cards().stream()
        .filter(card -> card.findElement(By.tagName("h3")).getText().equals(filename))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no card of " + filename));
  }

  List<WebElement> cards() {
    return browser.driver().findElements(By.cssSelector("#jobs > li"));
  }

  /** Waits until a file's card is in one of the states. */
  WebElement awaitState(String filename, String... states) {
    waiting(filename + " to be " + String.join(" or ", states))
        .until(() -> List.of(states).contains(card(filename).getAttribute("data-state")));
    return card(filename);
  }

  /** Waits until a card says something. */
  void awaitText(String filename, String text) {
    waiting(filename + " to say: " + text).until(() -> card(filename).getText().contains(text));
  }

  /** Waits until all thumbnails of a card are really drawn. Returns them. */
  List<WebElement> awaitThumbnails(String filename) {
    awaitState(filename, "done");
    waiting("thumbnails of " + filename)
        .until(() -> thumbnails(filename).stream().allMatch(this::drawn));
    return thumbnails(filename);
  }

  private List<WebElement> thumbnails(String filename) {
    return card(filename).findElements(By.cssSelector(".thumbnail img"));
  }

  private boolean drawn(WebElement image) {
    return Boolean.TRUE.equals(
        browser
            .driver()
            .executeScript("return arguments[0].complete && arguments[0].naturalWidth > 0", image));
  }

  /** A button of a card, by its words. */
  WebElement button(String filename, String label) {
    return card(filename).findElements(By.tagName("button")).stream()
        .filter(button -> button.getText().equals(label))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no button " + label));
  }

  boolean hasButton(String filename, String label) {
    return card(filename).findElements(By.tagName("button")).stream()
        .anyMatch(button -> button.getText().equals(label));
  }

  String summary() {
    return browser.driver().findElement(By.id("summary")).getText();
  }

  /** What a screen reader was told, all of it that is still there. */
  String announcements() {
    return Optional.ofNullable(
            browser.driver().findElement(By.id("announcements")).getAttribute("textContent"))
        .orElse("");
  }

  /** Waits for a moment of a page that changes while one looks. */
  static ConditionFactory waiting(String what) {
    return await(what)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(NoSuchElementException.class)
        .ignoreExceptionsInstanceOf(StaleElementReferenceException.class);
  }
}
