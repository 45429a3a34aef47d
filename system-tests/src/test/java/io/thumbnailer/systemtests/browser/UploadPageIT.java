package io.thumbnailer.systemtests.browser;

import static io.thumbnailer.systemtests.browser.UploadPage.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.devservices.pictures.TestPictures;
import io.thumbnailer.systemtests.Deployment;
import io.thumbnailer.systemtests.SharedDeployment;
import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page of those who upload, in a browser: what they do, and what they see of it. */
@BrowserTest
class UploadPageIT {
  @TempDir static Path folder;

  private static Pictures pictures;
  private static Browser browser;
  private static Path dawn;
  private static Path noon;

  private UploadPage page;

  @BeforeAll
  static void start() {
    pictures = new Pictures(folder);
    dawn = pictures.landscape("dawn.jpg", 4, new Color(0x2b4f81), new Color(0xf6b87a), 2400, 1600);
    noon = pictures.landscape("noon.jpg", 11, new Color(0x3d8fd1), new Color(0xd9eef7), 1600, 2000);
    browser = Browser.start();
    browser.cdp(
        "Browser.grantPermissions",
        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
  }

  @AfterAll
  static void stop() {
    browser.close();
  }

  @BeforeEach
  void open() {
    browser.viewport(1180, 900, false);
    browser.colours("light");
    page = UploadPage.open(browser, SharedDeployment.get().ingest().uri());
    assertThat(page.cards()).isEmpty();
  }

  @Test
  void filesThatAreDroppedBecomeThumbnailsWithTheirSizes() {
    browser.drop(300, 200, List.of(dawn, noon));

    for (String name : List.of("dawn.jpg", "noon.jpg")) {
      List<WebElement> thumbnails = page.awaitThumbnails(name);
      assertThat(thumbnails).as("small, medium and large of %s", name).hasSize(3);
    }
    assertThat(page.awaitThumbnails("dawn.jpg").get(0).getAttribute("naturalWidth"))
        .isEqualTo("128");
    String card = page.card("dawn.jpg").getText();
    assertThat(card).contains("2400 × 1600 JPEG", "128 × 85", "720 × 480", "% smaller");
    assertThat(page.summary()).contains("2 of 2 images done").contains("smaller");
    waiting("a word to screen readers")
        .until(() -> page.announcements().contains("dawn.jpg: done, 3 thumbnails"));
    browser.screenshot("page");
    browser.assertQuietConsole();
  }

  @Test
  void filesThatArePickedShowTheirProgress() {
    browser.cdp("Network.enable", Map.of());
    slowUploads(60_000);
    try {
      page.pick(List.of(dawn, noon));
      waiting("progress")
          .until(() -> page.card("dawn.jpg").getText().matches("(?s).*Uploading [1-9]\\d? %.*"));
      assertThat(page.card("dawn.jpg").findElement(By.tagName("progress")).getAttribute("value"))
          .matches("0\\.\\d+");
      browser.screenshot("progress");
    } finally {
      slowUploads(-1);
    }
    page.awaitThumbnails("dawn.jpg");
    page.awaitThumbnails("noon.jpg");
    browser.assertQuietConsole();
  }

  @Test
  void aPictureThatIsPastedIsUploaded() {
    browser
        .driver()
        .executeAsyncScript(
            """
            const [base64, done] = arguments;
            const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
            const item = new ClipboardItem({ "image/png": new Blob([bytes], { type: "image/png" }) });
            navigator.clipboard.write([item]).then(() => done(), (error) => done(String(error)));
            """,
            Base64.getEncoder().encodeToString(TestPictures.encoded(300, 200, "png")));
    new Actions(browser.driver()).keyDown(Keys.CONTROL).sendKeys("v").keyUp(Keys.CONTROL).perform();

    waiting("the pasted picture").until(() -> page.cards().size() == 1);
    String name = page.cards().get(0).findElement(By.tagName("h3")).getText();
    assertThat(page.awaitThumbnails(name)).hasSize(3);
    browser.assertQuietConsole();
  }

  @Test
  void everyRefusalSaysWhatIsWrongAndWhatToDo() {
    byte[] png = TestPictures.encoded(640, 480, "png");
    Map<Path, String> refused =
        Map.of(
            pictures.write("notes.jpg", "not a photo".getBytes(StandardCharsets.UTF_8)),
            "This image format is not supported",
            pictures.write("empty.jpg", new byte[0]),
            "This image format is not supported",
            pictures.write("header.png", Arrays.copyOf(png, 20)),
            "This image is damaged",
            pictures.write("cut.png", Arrays.copyOf(png, 60)),
            "Most of this image is missing",
            pictures.write("bomb.png", TestPictures.pngHeader(60_000, 60_000)),
            "This image has too many pixels",
            pictures.write("huge.jpg", new byte[(25 << 20) + 1]),
            "This file is too large");
    page.pick(List.copyOf(refused.keySet()));

    refused.forEach(
        (file, title) -> {
          String name = file.getFileName().toString();
          WebElement card = page.awaitState(name, "failed");
          assertThat(card.findElement(By.className("notice-title")).getText())
              .as(name)
              .isEqualTo(title);
          assertThat(card.findElement(By.className("notice-text")).getText()).endsWith(".");
          assertThat(page.hasButton(name, "Try again")).as("%s fails for ever", name).isFalse();
          page.button(name, "Dismiss");
        });
    assertThat(page.summary()).contains("6 failed");
    browser.screenshot("errors");
    browser.assertAccessible();
    browser.driver().findElement(By.id("clear")).click();
    assertThat(page.cards()).isEmpty();
    browser.assertQuietConsole("status of 413", "status of 415", "status of 422");
  }

  @Test
  void anOutageIsWaitedForAndTheUploadGoesOnByItself() {
    var deployment = SharedDeployment.get().deployment();
    deployment.s3().stop();
    try {
      page.pick(List.of(dawn));
      page.awaitState("dawn.jpg", "paused");
      page.awaitText("dawn.jpg", "Storage is unavailable");
      page.awaitText("dawn.jpg", "Next try in");
      browser.screenshot("outage");
    } finally {
      deployment.s3().restart();
    }
    page.awaitThumbnails("dawn.jpg");

    deployment.redis().stop();
    try {
      page.pick(List.of(noon));
      page.awaitState("noon.jpg", "paused");
      page.awaitText("noon.jpg", "The queue is unavailable");
    } finally {
      deployment.redis().restart();
    }
    SharedDeployment.get().ingest().awaitReady(Deployment.START_LIMIT);
    if (page.hasButton("noon.jpg", "Try now")) {
      page.button("noon.jpg", "Try now").click();
    }
    page.awaitThumbnails("noon.jpg");
    browser.assertQuietConsole("status of 503");
  }

  @Test
  void theWholeWayCanBeGoneByKeyboard() {
    tabTo("files");
    page.pick(List.of(dawn));
    page.awaitThumbnails("dawn.jpg");

    tabUntil(focused -> "Copy link".equals(focused.getText()));
    browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
    waiting("the link to be copied")
        .until(() -> browser.driver().switchTo().activeElement().getText().equals("Copied"));
    assertThat(clipboard()).matches("http://localhost:\\d+/thumbnails/[0-9a-f-]{36}/small");

    tabUntil(focused -> focused.getText().equals("Copy <img srcset>"));
    browser.driver().switchTo().activeElement().sendKeys(Keys.SPACE);
    waiting("the tag to be copied")
        .until(() -> browser.driver().switchTo().activeElement().getText().equals("Copied"));
    assertThat(clipboard())
        .startsWith("<img src=\"http://localhost:")
        .containsPattern("/small 128w,\\s+http\\S+/medium 320w,\\s+http\\S+/large 720w\"")
        .contains("width=\"720\" height=\"480\"");

    tabUntil(focused -> focused.getText().equals("Dismiss"));
    browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
    waiting("the card to go").until(() -> page.cards().isEmpty());
    browser.assertQuietConsole();
  }

  @Test
  void anUploadCanBeCancelled() {
    browser.cdp("Network.enable", Map.of());
    slowUploads(10_000);
    try {
      page.pick(List.of(dawn));
      page.awaitState("dawn.jpg", "uploading");
      page.button("dawn.jpg", "Cancel").click();
      assertThat(page.cards()).isEmpty();
    } finally {
      slowUploads(-1);
    }
    page.pick(List.of(dawn));
    page.awaitThumbnails("dawn.jpg");
    browser.assertQuietConsole();
  }

  @Test
  void aHostileFileNameIsOnlyText() {
    String name = "<img src=x onerror=alert(1)>\"'&amp;.png";
    page.pick(List.of(pictures.write(name, TestPictures.encoded(64, 64, "png"))));
    page.awaitThumbnails(name);
    assertThat(page.card(name).findElements(By.cssSelector("h3 *"))).isEmpty();
    browser.assertQuietConsole();
  }

  @Test
  void thePageIsAccessibleInBothColoursAndFitsAPhone() {
    byte[] text = "not a photo".getBytes(StandardCharsets.UTF_8);
    page.pick(List.of(dawn, pictures.write("a-very-long-name-".repeat(12) + ".jpg", text), noon));
    page.awaitThumbnails("dawn.jpg");
    page.awaitThumbnails("noon.jpg");
    for (String scheme : List.of("light", "dark")) {
      browser.colours(scheme);
      browser.viewport(1180, 900, false);
      browser.assertAccessible();
      browser.screenshot("uploads-" + scheme);
      browser.viewport(360, 740, true);
      browser.assertAccessible();
      browser.screenshot("uploads-" + scheme + "-phone");
    }
    for (WebElement button : browser.driver().findElements(By.cssSelector(".card button"))) {
      Dimension size = button.getSize();
      assertThat(Math.min(size.width, size.height))
          .as("a finger's room for %s", button.getText())
          .isGreaterThanOrEqualTo(24);
    }
    browser.assertQuietConsole("status of 415");
  }

  private static void slowUploads(int bytesPerSecond) {
    browser.cdp(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline",
            false,
            "latency",
            0,
            "downloadThroughput",
            -1,
            "uploadThroughput",
            bytesPerSecond));
  }

  private static void tabTo(String id) {
    tabUntil(focused -> id.equals(focused.getAttribute("id")));
  }

  private static void tabUntil(Predicate<WebElement> reached) {
    for (int i = 0; i < 40; i++) {
      new Actions(browser.driver()).sendKeys(Keys.TAB).perform();
      if (reached.test(browser.driver().switchTo().activeElement())) {
        return;
      }
    }
    throw new AssertionError("the keyboard does not get there");
  }

  private static String clipboard() {
    return (String)
        browser
            .driver()
            .executeAsyncScript("navigator.clipboard.readText().then(arguments[0], arguments[0])");
  }
}
