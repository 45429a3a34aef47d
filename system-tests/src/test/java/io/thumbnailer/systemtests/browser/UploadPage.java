package io.thumbnailer.systemtests.browser;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;

/** The upload page as users see it. */
final class UploadPage {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Browser browser;

  private UploadPage(Browser browser) {
    this.browser = browser;
  }

  static UploadPage open(Browser browser, URI server) {
    browser.driver().get(server.toString());
    return new UploadPage(browser);
  }

  /** Opens the page without any stored state. */
  static UploadPage openNew(Browser browser, URI server) {
    browser.driver().get(server.resolve("operator").toString());
    browser.driver().executeScript("localStorage.clear(); sessionStorage.clear()");
    return open(browser, server);
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

  /** The tile of a file in the gallery. */
  WebElement card(String filename) {
    return cards().stream()
        .filter(card -> name(card).equals(filename))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no tile of " + filename));
  }

  /** Works also for tiles that are not rendered or not in view, for which getText() is empty. */
  private static String name(WebElement card) {
    return card.findElement(By.className("tile-name")).getDomProperty("textContent");
  }

  /** A tile's state and text, so that a failed wait shows the reason. */
  private static String describe(WebElement card) {
    return card.getDomAttribute("data-state") + " " + card.getDomProperty("textContent");
  }

  List<WebElement> cards() {
    return browser.driver().findElements(By.cssSelector("#jobs > li"));
  }

  /** How many tiles there are in each state; quick with a thousand of them. */
  Map<String, Long> states() {
    @SuppressWarnings("unchecked")
    List<String> states =
        (List<String>)
            browser
                .driver()
                .executeScript(
                    "return [...document.querySelectorAll('#jobs > li')].map(t =>"
                        + " t.dataset.state)");
    return states.stream().collect(Collectors.groupingBy(state -> state, Collectors.counting()));
  }

  /** Waits until a file's tile is in one of the states. */
  WebElement awaitState(String filename, String... states) {
    waiting(filename + " to be " + String.join(" or ", states))
        .until(
            () -> describe(card(filename)),
            seen -> List.of(states).contains(seen.split(" ", 2)[0]));
    return card(filename);
  }

  /** Waits until a tile shows a text. */
  void awaitText(String filename, String text) {
    waiting(filename + " to say: " + text)
        .until(() -> card(filename).getText(), words -> words.contains(text));
  }

  /** Opens the drawer with the details of a file. */
  WebElement open(String filename) {
    if (!details().isDisplayed()) {
      card(filename).findElement(By.className("tile-open")).click();
    }
    waiting("the details of " + filename)
        .until(() -> id("details-name").getText().equals(filename));
    return details();
  }

  void closeDetails() {
    id("details-close").click();
    waiting("the drawer to close").until(() -> !details().isDisplayed());
  }

  WebElement details() {
    return id("details");
  }

  /** The natural widths of all thumbnails of a file, each of them drawn, smallest first. */
  List<String> awaitThumbnails(String filename) {
    awaitState(filename, "done");
    open(filename);
    List<String> widths = new ArrayList<>();
    for (WebElement choice : details().findElements(By.cssSelector("input[name=shown]"))) {
      choice.click();
      waiting("a thumbnail of " + filename).until(() -> width() > 0);
      widths.add(Long.toString(width()));
    }
    closeDetails();
    return widths;
  }

  /**
   * The width of the image, or of the frame in which it is compared with the original; 0 until it
   * is drawn.
   */
  private long width() {
    return (Long)
        browser
            .driver()
            .executeScript(
                """
                const frame = document.querySelector(".stage .frame canvas");
                const image = document.querySelector(".stage img.thumbnail");
                return frame ? frame.width : image?.complete ? image.naturalWidth : 0;
                """);
  }

  /** A button of the drawer, by its label. */
  WebElement button(String label) {
    return details().findElements(By.tagName("button")).stream()
        .filter(button -> button.getText().equals(label))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no button " + label));
  }

  boolean hasButton(String label) {
    return details().findElements(By.tagName("button")).stream()
        .anyMatch(button -> button.getText().equals(label));
  }

  WebElement id(String id) {
    return browser.driver().findElement(By.id(id));
  }

  String summary() {
    return browser.driver().findElement(By.id("summary")).getText();
  }

  /** The current text of the live region for screen readers. */
  String announcements() {
    return Optional.ofNullable(
            browser.driver().findElement(By.id("announcements")).getAttribute("textContent"))
        .orElse("");
  }

  /** Waits for a state of a page that changes during the check. */
  static ConditionFactory waiting(String what) {
    return waiting(what, LIMIT);
  }

  /** Waits longer than usual. */
  static ConditionFactory waiting(String what, Duration limit) {
    return await(what)
        .atMost(limit)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsMatching(
            e ->
                e instanceof NoSuchElementException || e instanceof StaleElementReferenceException);
  }
}
