package io.thumbnailer.systemtests.browser;

import static io.thumbnailer.systemtests.browser.UploadPage.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.devservices.pictures.TestPictures;
import io.thumbnailer.systemtests.Deployment;
import io.thumbnailer.systemtests.MultipartForm;
import io.thumbnailer.systemtests.SharedDeployment;
import io.thumbnailer.systemtests.ThumbnailerClient;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.WebElement;

/** The page of those who operate the service. */
@BrowserTest
class OperatorPageIT {
  private static final byte[] GOOD = TestPictures.encoded(640, 480, "png");
  private static final byte[] BROKEN = Arrays.copyOf(GOOD, 60);

  private static Browser browser;
  private static ThumbnailerClient client;

  @BeforeAll
  static void start() {
    client = new ThumbnailerClient(SharedDeployment.get().ingest().uri());
    browser = Browser.start();
  }

  @AfterAll
  static void stop() {
    browser.close();
  }

  @BeforeEach
  void open() {
    browser.viewport(1180, 900, false);
    browser.colours("light");
    browser.driver().get(SharedDeployment.get().ingest().uri().resolve("operator").toString());
    browser.driver().executeScript("sessionStorage.clear()");
    browser.driver().navigate().refresh();
  }

  /** Dead letters of these tests are nobody else's business. */
  @AfterEach
  void deleteDeadLetters() {
    String list = client.send(admin("admin/dead-letters?limit=500").GET()).body();
    var unused =
        Pattern.compile("\"id\":\"([0-9a-f-]{36})\"")
            .matcher(list)
            .results()
            .map(found -> client.send(admin("admin/dead-letters/" + found.group(1)).DELETE()))
            .toList();
  }

  @Test
  void withoutTheAdminKeyNothingIsShown() {
    browser.assertAccessible();
    id("admin-key").sendKeys("wrong key", Keys.ENTER);
    waiting("the refusal").until(() -> id("sign-in-error").getText().contains("not an admin key"));
    assertThat(id("console").isDisplayed()).isFalse();
    browser.assertAccessible();
    browser.screenshot("operator-refused");

    signIn();
    assertThat(stored("localStorage")).as("kept beyond the tab").isEqualTo("{}");
    assertThat(browser.driver().manage().getCookies()).isEmpty();
    id("sign-out").click();
    assertThat(stored("sessionStorage")).isEqualTo("{}");
    assertThat(id("console").isDisplayed()).isFalse();
    browser.assertQuietConsole("status of 401");
  }

  @Test
  void whoSignsOutWhileThePageAsksStaysSignedOut() {
    signIn();
    Object unused =
        browser
            .driver()
            .executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                document.dispatchEvent(new Event("visibilitychange")); // the page asks
                document.getElementById("sign-out").click();
                setTimeout(done, 1500);
                """);
    assertThat(id("console").isDisplayed()).isFalse();
    assertThat(id("sign-in-error").getText()).isEmpty();
    browser.assertQuietConsole();
  }

  @Test
  void theQueueIsShownAsItFillsAndEmpties() {
    signIn();
    PausedProcess.during(
        SharedDeployment.get().worker().process(),
        () -> {
          for (String priority : List.of("high", "normal", "normal", "low", "low", "low")) {
            client.accepted(
                client.post(
                    new MultipartForm().field("priority", priority).file("photo.png", GOOD)));
          }
          waiting("the backlog").until(() -> tile("Backlog per lane").contains("6 jobs"));
          assertThat(tile("Backlog per lane").replaceAll("\\s+", " "))
              .contains("high 1", "normal 2", "low 3");
          waiting("an age").until(() -> !tile("Oldest job").contains("0.0 s"));
          assertThat(
                  browser
                      .driver()
                      .findElement(By.cssSelector(".tile .chart"))
                      .getAttribute("aria-label"))
              .contains("Backlog per lane", "high 1, normal 2, low 3");
          assertThat(tile("Throughput")).contains("jobs/s", "finished", "arriving");
          browser.screenshot("operator-backlog");
        });
    waiting("the queue to empty").until(() -> tile("Backlog per lane").contains("0 jobs"));
    browser.assertQuietConsole();
  }

  @Test
  void aDeadLetterIsReplayedOnceItsCauseIsMended() {
    String id = client.upload("repaired.png", BROKEN);
    client.awaitEnd(id);
    signIn();
    waiting("the dead letter").until(() -> letter(id).getText().contains("truncated-image"));
    assertThat(letter(id).getText()).contains("repaired.png", "1 attempt");

    repair(id);
    button(id, "Replay").sendKeys(Keys.ENTER);
    waiting("it to leave the list").until(() -> letters(id).isEmpty());
    client.awaitDone(id);
    assertThat(client.get("thumbnails/" + id + "/small").statusCode()).isEqualTo(200);
    browser.assertQuietConsole();
  }

  @Test
  void aDeadLetterIsDeletedOnlyWhenThatIsConfirmed() {
    String id = client.upload("<b>bad</b>.png", BROKEN);
    client.awaitEnd(id);
    signIn();
    waiting("the dead letter").until(() -> letters(id).size() == 1);
    assertThat(letter(id).findElement(By.tagName("h3")).getText()).isEqualTo("<b>bad</b>.png");

    button(id, "Delete").click();
    assertThat(id("confirm").getText()).contains("Delete <b>bad</b>.png?");
    browser.assertAccessible();
    browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
    assertThat(client.job(id).get("status").asText()).isEqualTo("FAILED");

    button(id, "Delete").click();
    id("confirm-yes").click();
    waiting("it to go").until(() -> letters(id).isEmpty());
    assertThat(client.get("jobs/" + id).statusCode()).isEqualTo(404);
    browser.assertQuietConsole();
  }

  @Test
  void thePageIsAccessibleInBothColoursAndFitsAPhone() {
    for (String name : List.of("holiday.png", "a-very-long-name-".repeat(12) + ".png", "c.png")) {
      client.awaitEnd(client.upload(name, BROKEN));
    }
    signIn();
    waiting("the dead letters")
        .until(() -> browser.driver().findElements(By.className("letter")).size() >= 3);
    for (String scheme : List.of("light", "dark")) {
      browser.colours(scheme);
      browser.viewport(1180, 900, false);
      browser.assertAccessible();
      browser.screenshot("operator-" + scheme);
      browser.viewport(360, 740, true);
      browser.assertAccessible();
      browser.screenshot("operator-" + scheme + "-phone");
    }
    browser.assertQuietConsole();
  }

  private static void signIn() {
    id("admin-key").clear();
    id("admin-key").sendKeys(Deployment.ADMIN_KEY, Keys.ENTER);
    waiting("the console").until(() -> id("console").isDisplayed());
  }

  /** Puts a good original in the place of a broken one, as an operator would. */
  private static void repair(String jobId) {
    var objects = SharedDeployment.get().deployment().objects();
    String key = "uploads/" + jobId;
    Map<String, String> metadata = objects.head(key).orElseThrow().metadata();
    objects.put(key, GOOD, "image/png", metadata);
  }

  private static HttpRequest.Builder admin(String path) {
    return client.request(path).header("X-API-Key", Deployment.ADMIN_KEY);
  }

  private static String stored(String storage) {
    return (String) browser.driver().executeScript("return JSON.stringify(window." + storage + ")");
  }

  private static String tile(String title) {
    return browser.driver().findElements(By.className("tile")).stream()
        .map(WebElement::getText)
        .filter(text -> text.startsWith(title))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no tile " + title));
  }

  private static List<WebElement> letters(String jobId) {
    return browser.driver().findElements(By.cssSelector(".letter[data-id='" + jobId + "']"));
  }

  private static WebElement letter(String jobId) {
    return letters(jobId).stream()
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no dead letter " + jobId));
  }

  private static WebElement button(String jobId, String label) {
    return letter(jobId).findElement(By.cssSelector("[data-action='" + label + " " + jobId + "']"));
  }

  private static WebElement id(String id) {
    return browser.driver().findElement(By.id(id));
  }
}
