package io.thumbnailer.systemtests.browser;

import static io.thumbnailer.systemtests.browser.UploadPage.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.systemtests.Deployment;
import io.thumbnailer.systemtests.MultipartForm;
import io.thumbnailer.systemtests.SharedDeployment;
import io.thumbnailer.systemtests.ThumbnailerClient;
import java.net.http.HttpRequest;
import java.time.Duration;
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
import org.openqa.selenium.support.ui.Select;

/** The operator page. */
@BrowserTest
class OperatorPageIT {
  private static final byte[] GOOD = TestImages.encoded(640, 480, "png");
  private static final byte[] BROKEN = Arrays.copyOf(GOOD, 60);

  private static Browser browser;
  private static ThumbnailerClient client;
  private static Map<String, String> lostMetadata;

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
    browser.forgetConsole();
  }

  /** Other tests must not see these dead letters. */
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
  void signingOutDuringARequestIsFinal() {
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
  void everyFigureAgreesWithRedis() {
    signIn();
    PausedProcess.during(
        SharedDeployment.get().worker().process(),
        () -> {
          for (String priority : List.of("high", "normal", "normal", "low", "low", "low")) {
            client.accepted(
                client.post(
                    new MultipartForm().field("priority", priority).file("photo.png", GOOD)));
          }
          try (RawRedis redis = new RawRedis()) {
            waiting("the console to say what Redis says")
                .until(
                    () -> {
                      long high = redis.lane("high");
                      long normal = redis.lane("normal");
                      long low = redis.lane("low");
                      long total = high + normal + low;
                      return total == 6
                          && figure("Backlog").startsWith("Backlog " + total + " ")
                          && figure("Backlog")
                              .endsWith("high %d · normal %d · low %d".formatted(high, normal, low))
                          && figure("Oldest job")
                              .endsWith(
                                  "%d waiting, %d in flight"
                                      .formatted(total - redis.leases(), redis.leases()))
                          && figure("Workers").startsWith("Workers " + redis.consumers() + " ")
                          && figure("Waiting for a retry")
                              .equals("Waiting for a retry " + redis.delayed())
                          && figure("Dead letters").startsWith("Dead letters " + redis.dead());
                    });
            waiting("a sample of the backlog").until(() -> redis.latestSample().startsWith("6 "));
            waiting("the chart to show it").until(() -> moment().contains("Backlog jobs 6,"));
          }
          browser.driver().navigate().refresh();
          waiting("the hour to be there after a reload")
              .until(() -> moment().contains("Backlog jobs 6,"));
          browser.screenshot("operator-backlog");
        });
    waiting("the queue to empty").until(() -> figure("Backlog").startsWith("Backlog 0 "));
    browser.assertQuietConsole();
  }

  @Test
  void theWorkersAreListedAsRedisKnowsThem() {
    signIn();
    tab("tab-workers");
    waiting("the worker")
        .until(() -> browser.driver().findElements(By.cssSelector("#workers-rows tr")).size() == 1);
    try (RawRedis redis = new RawRedis()) {
      WebElement row = browser.driver().findElement(By.cssSelector("#workers-rows tr"));
      assertThat(redis.consumerMember())
          .endsWith(" " + row.findElement(By.tagName("th")).getAttribute("title"));
      assertThat(row.getText()).contains("0 of " + redis.consumerMember().split(" ", -1)[0]);
    }
    browser.assertQuietConsole();
  }

  @Test
  void aJobIsFoundByItsNameAndByItsId() {
    String id = client.upload("A Café in Rome.png", GOOD);
    client.awaitDone(id);
    signIn();
    tab("tab-jobs");
    for (String text : List.of("café in", id)) {
      id("job-text").clear();
      id("job-text").sendKeys(text);
      waiting("the job by " + text)
          .until(
              () ->
                  browser.driver().findElements(By.cssSelector("#job-rows tr")).size() == 1
                      && id("job-rows").getText().contains(id));
    }
    assertThat(id("job-rows").getText()).contains("A Café in Rome.png", "done");
    new Select(id("job-status")).selectByValue("FAILED");
    waiting("no such job").until(() -> id("job-note").getText().equals("No such job."));
    browser.assertAccessible();
    browser.assertQuietConsole();
  }

  @Test
  void aDeadLetterIsReplayedAfterItsCauseIsFixed() {
    String id = loseOriginal("repaired.png");
    signIn();
    tab("tab-dead");
    waiting("the dead letter").until(() -> letter(id).getText().contains("original-missing"));
    assertThat(letter(id).getText()).contains("repaired.png", "1 attempt");

    SharedDeployment.get()
        .deployment()
        .objects()
        .put("uploads/" + id, GOOD, "image/png", lostMetadata);
    button(id, "Replay").sendKeys(Keys.ENTER);
    waiting("it to leave the list").until(() -> letters(id).isEmpty());
    id("undo").findElement(By.tagName("button")).click();
    waiting("it to come back").until(() -> letters(id).size() == 1);
    assertThat(client.job(id).get("status").asText()).isEqualTo("FAILED");

    button(id, "Replay").sendKeys(Keys.ENTER);
    waiting("the time for undo, and the job")
        .until(() -> client.job(id).get("status").asText(), "DONE"::equals);
    assertThat(client.get("thumbnails/" + id + "/small").statusCode()).isEqualTo(200);
    browser.assertQuietConsole();
  }

  @Test
  void deletingDeadLettersByCodeShowsTheirNumberAndCanBeUndone() {
    String lost = loseOriginal("lost.png");
    String one = client.upload("<b>bad</b>.png", BROKEN);
    String two = client.upload("bad-too.png", BROKEN);
    client.awaitEnd(one);
    client.awaitEnd(two);
    signIn();
    tab("tab-dead");
    waiting("the dead letters").until(() -> letters(one).size() == 1 && letters(two).size() == 1);
    assertThat(letter(one).findElement(By.tagName("h3")).getText()).isEqualTo("<b>bad</b>.png");
    assertThat(letter(one).findElements(By.cssSelector("[data-action^='Replay']")))
        .as("another attempt at a broken file cannot succeed")
        .isEmpty();
    assertThat(letter(lost).findElements(By.cssSelector("[data-action^='Replay']"))).hasSize(1);

    browser.driver().findElement(By.cssSelector(".chip:has([value=truncated-image])")).click();
    waiting("only those of the code").until(() -> letters(lost).isEmpty());
    id("select-all").click();
    assertThat(id("delete-selected").getText()).isEqualTo("Delete 2");
    assertThat(id("replay-selected").isDisplayed()).isFalse();
    id("delete-selected").click();
    assertThat(letters(one)).isEmpty();
    browser.assertAccessible();
    id("undo").findElement(By.tagName("button")).click();
    waiting("them to come back").until(() -> letters(one).size() == 1);
    assertThat(client.job(one).get("status").asText()).isEqualTo("FAILED");

    id("select-all").click();
    id("delete-selected").click();
    waiting("the time for undo")
        .until(
            () ->
                client.get("jobs/" + one).statusCode() == 404
                    && client.get("jobs/" + two).statusCode() == 404);
    assertThat(client.job(lost).get("status").asText()).isEqualTo("FAILED");
    browser.assertQuietConsole();
  }

  /** Makes the screenshot in README: a burst for one worker, and the same burst for two. */
  @Test
  void theChartShowsABurstOfJobs() {
    signIn();
    browser.viewport(1280, 1000, false);
    browser.driver().findElement(By.cssSelector("#spans [value='5']")).click();
    sendBurst();
    LibertyServer second =
        SharedDeployment.get().deployment().launchServer(ServerRole.WORKER, Map.of());
    try {
      UploadPage.waiting("the second worker", Deployment.START_LIMIT)
          .until(() -> figure("Workers").startsWith("Workers 2 "));
      waitForTheEndOfTheBurst();
      waiting("a mark of the scale event")
          .until(() -> !browser.driver().findElements(By.cssSelector(".mark.up")).isEmpty());
      assertThat(labelsOutsideTheChart()).as("labels that leave the chart").isZero();
      sendBurst();
      waitForTheEndOfTheBurst();
      browser.screenshot("console");
      // on a slow machine the scale event is more than 5 minutes ago
      browser.driver().findElement(By.cssSelector("#spans [value='60']")).click();
      browser.viewport(360, 740, true);
      waiting("the chart of a phone").until(() -> labelsOutsideTheChart() == 0);
    } finally {
      second.close();
    }
    browser.assertQuietConsole();
  }

  private static void sendBurst() {
    id("test-load").click();
    new Select(id("load-count")).selectByVisibleText("500");
    browser.driver().findElement(By.cssSelector("#load-dialog [value=send]")).click();
    UploadPage.waiting("the burst", Duration.ofMinutes(5))
        .until(() -> !figure("Backlog").startsWith("Backlog 0 "));
  }

  private static void waitForTheEndOfTheBurst() {
    UploadPage.waiting("the burst to end", Duration.ofMinutes(8))
        .until(() -> id("test-load").isEnabled() && figure("Backlog").startsWith("Backlog 0 "));
  }

  @Test
  void thePageIsAccessibleInBothColoursAndFitsAPhone() {
    for (String name : List.of("holiday.png", "a-very-long-name-".repeat(12) + ".png", "c.png")) {
      client.awaitEnd(client.upload(name, BROKEN));
    }
    signIn();
    tab("tab-dead");
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

  private static long labelsOutsideTheChart() {
    return (Long)
        browser
            .driver()
            .executeScript(
                "const chart = document.querySelector('.mark-labels').getBoundingClientRect();"
                    + " const labels = [...document.querySelectorAll('.mark-labels span')];"
                    + " return labels.length === 0 ? 1 : labels"
                    + ".map(label => label.getBoundingClientRect())"
                    + ".filter(box => box.left < chart.left - 1 || box.right > chart.right + 1)"
                    + ".length");
  }

  private static void signIn() {
    id("admin-key").clear();
    id("admin-key").sendKeys(Deployment.ADMIN_KEY, Keys.ENTER);
    waiting("the console").until(() -> id("console").isDisplayed());
  }

  /**
   * A job whose original is removed before a worker sees it, so that it fails and its cause can be
   * fixed.
   */
  private static String loseOriginal(String filename) {
    var objects = SharedDeployment.get().deployment().objects();
    String[] id = new String[1];
    PausedProcess.during(
        SharedDeployment.get().worker().process(),
        () -> {
          id[0] = client.upload(filename, GOOD);
          String key = "uploads/" + id[0];
          lostMetadata = objects.head(key).orElseThrow().metadata();
          objects.delete(key);
        });
    client.awaitEnd(id[0]);
    return id[0];
  }

  private static void tab(String id) {
    id(id).click();
    waiting("the tab").until(() -> "true".equals(id(id).getAttribute("aria-selected")));
  }

  private static HttpRequest.Builder admin(String path) {
    return client.request(path).header("X-API-Key", Deployment.ADMIN_KEY);
  }

  private static String stored(String storage) {
    return (String) browser.driver().executeScript("return JSON.stringify(window." + storage + ")");
  }

  /** Title, value and note of a figure, in one line. */
  private static String figure(String title) {
    return browser.driver().findElements(By.className("figure")).stream()
        .map(figure -> figure.getText().replaceAll("\\s+", " ").strip())
        .filter(text -> text.startsWith(title))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no figure " + title));
  }

  /** The values of the chart at its latest moment. */
  private static String moment() {
    return browser
        .driver()
        .findElement(By.className("chart-slider"))
        .getAttribute("aria-valuetext");
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

  /** The queue according to its keys in Redis, without the product's code. */
  private static final class RawRedis implements AutoCloseable {
    private static final String BASE = "{thumbnailer:" + ThumbnailJob.QUEUE.name() + "}:";

    private final RedisClient client =
        RedisClient.create(SharedDeployment.get().deployment().redis().uri().toString());
    private final RedisCommands<String, String> commands = client.connect().sync();

    long lane(String name) {
      return commands.xlen(BASE + "lane:" + name);
    }

    long leases() {
      return commands.zcard(BASE + "leases");
    }

    long delayed() {
      return commands.zcard(BASE + "delayed");
    }

    long dead() {
      return commands.zcard(BASE + "dead");
    }

    long consumers() {
      return commands.zcard(BASE + "present");
    }

    String consumerMember() {
      return commands.zrange(BASE + "present", 0, 0).get(0);
    }

    /** The sum of the lanes of the latest sample, and a space. */
    String latestSample() {
      String[] fields = commands.zrange(BASE + "history", -1, -1).get(0).split(" ", -1);
      return Long.parseLong(fields[1])
          + Long.parseLong(fields[2])
          + Long.parseLong(fields[3])
          + " ";
    }

    @Override
    public void close() {
      client.shutdown();
    }
  }
}
