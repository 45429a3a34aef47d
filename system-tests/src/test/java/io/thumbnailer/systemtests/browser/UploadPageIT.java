package io.thumbnailer.systemtests.browser;

import static io.thumbnailer.systemtests.browser.UploadPage.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.systemtests.SharedDeployment;
import io.thumbnailer.systemtests.ThumbnailerClient;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.interactions.Actions;

/** The upload page in a browser. */
@BrowserTest
class UploadPageIT {
  @TempDir static Path directory;

  private static ImageFiles images;
  private static Browser browser;
  private static ThumbnailerClient client;
  private static Path dawn;
  private static Path noon;

  private UploadPage page;

  @BeforeAll
  static void start() {
    client = new ThumbnailerClient(SharedDeployment.get().ingest().uri());
    images = new ImageFiles(directory);
    dawn = images.landscape("dawn.jpg", 4, new Color(0x2b4f81), new Color(0xf6b87a), 2400, 1600);
    noon = images.landscape("noon.jpg", 11, new Color(0x3d8fd1), new Color(0xd9eef7), 1600, 2000);
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
    browser.forgetConsole();
    browser.viewport(1180, 900, false);
    browser.colours("light");
    page = UploadPage.openNew(browser, SharedDeployment.get().ingest().uri());
    assertThat(page.cards()).isEmpty();
  }

  @Test
  void droppedFilesBecomeThumbnailsWithTheirSizes() {
    browser.drop(300, 200, List.of(dawn, noon));

    for (String name : List.of("dawn.jpg", "noon.jpg")) {
      assertThat(page.awaitThumbnails(name)).as("small, medium and large of %s", name).hasSize(3);
    }
    assertThat(page.awaitThumbnails("dawn.jpg").get(0)).isEqualTo("128");
    String details = page.open("dawn.jpg").getText();
    assertThat(details).contains("2400 × 1600 JPEG", "128 × 85", "720 × 480", "Download", "Delete");
    assertThat(details).as("no thumbnail has the original's size").doesNotContain("smaller");
    page.closeDetails();
    assertThat(page.summary()).contains("2 of 2 images done", "6 thumbnails");
    waiting("a word to screen readers")
        .until(() -> page.announcements().contains("2 of 2 images done"));
    browser.assertQuietConsole();
  }

  @Test
  void chosenFilesShowTheirProgress() {
    browser.cdp("Network.enable", Map.of());
    network(false, 60_000);
    try {
      page.pick(List.of(dawn, noon));
      waiting("progress")
          .until(() -> page.card("dawn.jpg").getText().matches("(?s).*Uploading [1-9]\\d? %.*"));
      assertThat(page.card("dawn.jpg").findElement(By.tagName("progress")).getAttribute("value"))
          .matches("0\\.\\d+");
      assertThat(asksBeforeLeaving()).as("files are on their way").isTrue();
      browser.screenshot("progress");
    } finally {
      network(false, -1);
    }
    page.awaitState("dawn.jpg", "done");
    page.awaitState("noon.jpg", "done");
    assertThat(asksBeforeLeaving()).as("all is sent").isFalse();
    browser.assertQuietConsole();
  }

  @Test
  void aPastedImageIsUploaded() {
    browser
        .driver()
        .executeAsyncScript(
            """
            const [base64, done] = arguments;
            const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
            const item = new ClipboardItem({ "image/png": new Blob([bytes], { type: "image/png" }) });
            navigator.clipboard.write([item]).then(() => done(), (error) => done(String(error)));
            """,
            Base64.getEncoder().encodeToString(TestImages.encoded(300, 200, "png")));
    new Actions(browser.driver()).keyDown(Keys.CONTROL).sendKeys("v").keyUp(Keys.CONTROL).perform();

    waiting("the pasted image").until(() -> page.cards().size() == 1);
    String name = page.cards().get(0).findElement(By.className("tile-name")).getText();
    assertThat(page.awaitThumbnails(name)).hasSize(3);
    browser.assertQuietConsole();
  }

  @Test
  void aSampleImageCanBeUploaded() {
    browser.driver().findElement(By.cssSelector(".sample")).click();
    assertThat(page.awaitThumbnails("sample-dawn.jpg")).containsExactly("128", "320", "720");
    browser.assertQuietConsole();
  }

  /** The quarters of both files are red, green, blue and white before they are rotated. */
  @ParameterizedTest
  @CsvSource({
    "rotated.heic, 0000ff, ff0000, ffffff, 00ff00",
    "rotated.avif, 00ff00, ffffff, ff0000, 0000ff"
  })
  void photosOfPhonesStandUprightInTheirColours(String name, String a, String b, String c, String d)
      throws IOException {
    ThumbnailerClient worker = new ThumbnailerClient(SharedDeployment.get().worker().management());
    assumeTrue(
        worker
            .get("metrics")
            .body()
            .lines()
            .anyMatch(line -> line.matches("thumbnailer_heif_native\\{.* 1\\.0")),
        "the worker has no libheif");
    page.pick(List.of(images.write(name, resource(name))));

    assertThat(page.awaitThumbnails(name)).containsExactly("48", "48", "48");
    BufferedImage small =
        ImageIO.read(
            new ByteArrayInputStream(
                client.getBytes("thumbnails/" + awaitRemembered(1).get(0) + "/small").body()));
    assertThat(small.getHeight()).isEqualTo(96);
    assertThat(List.of(hue(small, 12, 24), hue(small, 36, 24))).containsExactly(a, b);
    assertThat(List.of(hue(small, 12, 72), hue(small, 36, 72))).containsExactly(c, d);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = UploadPageIT.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** The colour of a pixel with each channel rounded to none or all. */
  private static String hue(BufferedImage image, int x, int y) {
    Color colour = new Color(image.getRGB(x, y));
    return "%s%s%s"
        .formatted(
            colour.getRed() < 128 ? "00" : "ff",
            colour.getGreen() < 128 ? "00" : "ff",
            colour.getBlue() < 128 ? "00" : "ff");
  }

  @Test
  void onlyTheChosenRenditionsAreMade() {
    chip("renditions", "medium").click();
    chip("priorities", "low").click();
    page.pick(List.of(dawn));
    page.awaitState("dawn.jpg", "done");
    JsonNode job = client.job(awaitRemembered(1).get(0));
    assertThat(job.get("renditions").fieldNames()).toIterable().containsExactly("small", "large");
    browser.driver().navigate().refresh();
    waiting("the choice to be remembered")
        .until(() -> !chip("renditions", "medium").findElement(By.tagName("input")).isSelected());
    assertThat(chip("priorities", "low").findElement(By.tagName("input")).isSelected()).isTrue();
  }

  @Test
  void everyRefusalIsExplainedAndFilesThatCannotSucceedAreNotSent() {
    byte[] png = TestImages.encoded(640, 480, "png");
    Map<Path, String> refused =
        Map.of(
            images.write("notes.jpg", "not a photo".getBytes(StandardCharsets.UTF_8)),
            "This image format is not supported",
            images.write("empty.jpg", new byte[0]),
            "This image format is not supported",
            images.write("header.png", Arrays.copyOf(png, 20)),
            "This image is damaged",
            images.write("cut.png", Arrays.copyOf(png, 60)),
            "Most of this image is missing",
            images.write("bomb.png", TestImages.pngHeader(60_000, 60_000)),
            "This image has too many pixels",
            images.write("huge.jpg", new byte[(25 << 20) + 1]),
            "This file is too large");
    page.pick(List.copyOf(refused.keySet()));

    refused.forEach(
        (file, title) -> {
          String name = file.getFileName().toString();
          WebElement tile = page.awaitState(name, "failed");
          assertThat(tile.findElement(By.className("tile-status")).getText())
              .as(name)
              .isEqualTo(title);
          assertThat(placeholder(tile)).as("placeholder of %s", name).contains("▨");
          page.open(name);
          assertThat(page.details().findElement(By.className("notice-title")).getText())
              .as(name)
              .isEqualTo(title);
          assertThat(page.details().findElement(By.className("notice-text")).getText())
              .endsWith(".");
          assertThat(page.hasButton("Try again")).as("%s fails for ever", name).isFalse();
          page.button("Dismiss");
          page.closeDetails();
        });
    assertThat(page.summary()).contains("6 failed");
    browser.screenshot("errors");
    browser.assertAccessible();
    // files that are too large or not images are never sent
    browser.assertQuietConsole("status of 422");
    page.id("clear").click();
    assertThat(page.cards()).isEmpty();
  }

  @Test
  void failedFilesComeFirstAndTheFilterShowsOnlyThem() {
    page.pick(List.of(dawn, images.write("no.jpg", new byte[] {1, 2, 3}), noon));
    page.awaitState("dawn.jpg", "done");
    page.awaitState("noon.jpg", "done");
    page.awaitState("no.jpg", "failed");
    assertThat(page.cards().get(0).getText()).startsWith("no.jpg");
    assertThat(page.id("filters").getText().replaceAll("\\s+", " "))
        .isEqualTo("Show All 3 Running 0 Done 2 Failed 1");
    browser.driver().findElement(By.cssSelector("#filters [value=failed]")).click();
    assertThat(page.cards().stream().filter(WebElement::isDisplayed).count()).isEqualTo(1);
    browser.assertQuietConsole();
  }

  @Test
  void anUploadContinuesAutomaticallyAfterAnOutage() {
    var deployment = SharedDeployment.get().deployment();
    deployment.s3().stop();
    try {
      page.pick(List.of(dawn));
      page.awaitState("dawn.jpg", "paused");
      page.awaitText("dawn.jpg", "Next try in");
      page.open("dawn.jpg");
      assertThat(page.details().getText()).contains("Storage is unavailable", "Try now");
      browser.screenshot("outage");
      page.closeDetails();
    } finally {
      deployment.s3().restart();
    }
    page.awaitState("dawn.jpg", "done");

    deployment.redis().stop();
    try {
      page.pick(List.of(noon)); // is accepted, because its original is in storage
      page.awaitState("noon.jpg", "queued", "lost");
    } finally {
      deployment.redis().restart();
    }
    page.awaitState("noon.jpg", "done");
    browser.assertQuietConsole("status of 503");
  }

  @Test
  void anUploadContinuesWhenTheNetworkIsBack() {
    browser.cdp("Network.enable", Map.of());
    network(true, -1);
    try {
      page.pick(List.of(dawn, noon));
      page.awaitState("dawn.jpg", "paused");
    } finally {
      network(false, -1);
    }
    page.awaitState("dawn.jpg", "done");
    page.awaitState("noon.jpg", "done");
    browser.assertQuietConsole("ERR_INTERNET_DISCONNECTED");
  }

  @Test
  void aJobIsFollowedAgainAfterAReloadAndInASecondTab() {
    PausedProcess.during(
        SharedDeployment.get().worker().process(),
        () -> {
          page.pick(List.of(dawn));
          page.awaitState("dawn.jpg", "queued");
          awaitRemembered(1);
          browser.driver().navigate().refresh();
          page.awaitState("dawn.jpg", "queued");
        });
    page.awaitState("dawn.jpg", "done");

    String first = browser.driver().getWindowHandle();
    browser.driver().switchTo().newWindow(WindowType.TAB);
    try {
      UploadPage second = UploadPage.open(browser, SharedDeployment.get().ingest().uri());
      assertThat(second.awaitThumbnails("dawn.jpg")).containsExactly("128", "320", "720");
      second.pick(List.of(noon));
      second.awaitState("noon.jpg", "done");
      String other = browser.driver().getWindowHandle();
      browser.driver().switchTo().window(first);
      page.awaitState("noon.jpg", "done");
      browser.driver().switchTo().window(other);
      browser.driver().close();
    } finally {
      browser.driver().switchTo().window(first);
    }
    page.id("clear").click();
    browser.driver().navigate().refresh(); // leaving the page ends the time for undo
    assertThat(page.cards()).isEmpty();
    browser.assertQuietConsole();
  }

  @Test
  void aReloadLosesNoneOfAThousandFiles() {
    List<Path> files = new ArrayList<>();
    byte[] png = TestImages.encoded(64, 48, "png");
    for (int i = 0; i < 1000; i++) {
      files.add(images.write("photo-%04d.png".formatted(i), png));
    }
    page.pick(files);
    assertThat(page.states().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(1000);
    assertThat(height()).as("height of the page with 1,000 images").isLessThan(60_000);
    browser.screenshotOfWindow("thousand");
    // Not until some are done: a slow worker may be that far only when all have been sent.
    UploadPage.waiting("a part to be accepted", Duration.ofMinutes(5))
        .until(() -> accepted(page.states()) > 40);

    browser.driver().navigate().refresh();
    waiting("the notice of what was not sent").until(() -> page.id("unsent").isDisplayed());
    Matcher unsent = Pattern.compile("^([\\d,]+) images? ").matcher(page.id("unsent").getText());
    assertThat(unsent.find()).isTrue();
    int lost = Integer.parseInt(unsent.group(1).replace(",", ""));
    assertThat(page.cards().size() + lost).as("each was sent or is named").isEqualTo(1000);
    assertThat(page.cards()).hasSizeGreaterThan(40);
    UploadPage.waiting("those that were sent", Duration.ofMinutes(5))
        .until(() -> page.states().getOrDefault("done", 0L) == page.cards().size());
    // a page without interaction may not ask before it is left
    browser.assertQuietConsole("beforeunload");
  }

  private static long accepted(Map<String, Long> states) {
    return Stream.of("queued", "processing", "done")
        .mapToLong(s -> states.getOrDefault(s, 0L))
        .sum();
  }

  @Test
  void allThumbnailsAreDownloadedInOneZipFile() throws IOException {
    Path downloads = Files.createDirectories(directory.resolve("downloads")).toAbsolutePath();
    browser.cdp(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", downloads.toString()));
    Path other = Files.createDirectories(directory.resolve("other")).resolve("dawn.jpg");
    Files.copy(dawn, other, StandardCopyOption.REPLACE_EXISTING);
    page.pick(List.of(dawn, noon));
    page.awaitState("dawn.jpg", "done");
    page.pick(List.of(other));
    waiting("both of one name").until(() -> page.states().getOrDefault("done", 0L) == 3);
    page.id("download").click();
    Path archive = downloads.resolve("thumbnails.zip");
    waiting("the ZIP file").until(() -> Files.exists(archive));

    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    assertThat(entries.keySet())
        .containsExactly(
            "dawn-large (2).jpg",
            "dawn-large.jpg",
            "dawn-medium (2).jpg",
            "dawn-medium.jpg",
            "dawn-small (2).jpg",
            "dawn-small.jpg",
            "noon-large.jpg",
            "noon-medium.jpg",
            "noon-small.jpg");
    String noonId =
        awaitRemembered(3).stream()
            .filter(id -> client.job(id).get("filename").asText().equals("noon.jpg"))
            .findFirst()
            .orElseThrow();
    assertThat(entries.get("noon-medium.jpg"))
        .isEqualTo(client.getBytes("thumbnails/" + noonId + "/medium").body());
    assertThat(
            client
                .get("thumbnails/" + noonId + "/medium?download")
                .headers()
                .firstValue("Content-Disposition"))
        .contains("attachment; filename=\"noon-medium.jpg\"; filename*=UTF-8''noon-medium.jpg");
    browser.assertQuietConsole();
  }

  @Test
  void originalAndThumbnailAreComparedByKeyboardAtFullScale() {
    page.pick(List.of(dawn));
    page.awaitState("dawn.jpg", "done");
    page.open("dawn.jpg").findElement(By.cssSelector("input[value=large]")).click();
    waiting("the comparison")
        .until(() -> page.details().findElement(By.cssSelector(".frame canvas")).isDisplayed());
    WebElement frame = page.details().findElement(By.className("frame"));
    assertThat(frame.getSize()).as("pixel for pixel").isEqualTo(new Dimension(720, 480));
    WebElement slider = frame.findElement(By.tagName("input"));
    slider.sendKeys(Keys.HOME);
    assertThat(slider.getAttribute("aria-valuetext")).isEqualTo("0 % original");
    assertThat(share(frame)).isEqualTo("0%");
    slider.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    assertThat(slider.getAttribute("aria-valuetext")).isEqualTo("3 % original");
    assertThat(share(frame)).isEqualTo("3%");
    slider.sendKeys(Keys.END);
    assertThat(share(frame)).isEqualTo("100%");
    browser.assertAccessible();
    browser.assertQuietConsole();
  }

  @Test
  void deletingAnImageCanBeUndoneAndIsOtherwiseFinal() {
    page.pick(List.of(dawn));
    page.awaitState("dawn.jpg", "done");
    String id = awaitRemembered(1).get(0);
    page.open("dawn.jpg");
    page.button("Delete").click();
    assertThat(page.cards()).isEmpty();
    page.id("undo").findElement(By.tagName("button")).click();
    page.awaitState("dawn.jpg", "done");
    assertThat(client.get("jobs/" + id).statusCode()).isEqualTo(200);

    page.open("dawn.jpg");
    page.button("Delete").click();
    assertThat(client.get("jobs/" + id).statusCode()).as("until then").isEqualTo(200);
    waiting("the time for undo").until(() -> client.get("jobs/" + id).statusCode() == 404);
    browser.driver().navigate().refresh();
    assertThat(page.cards()).isEmpty();
    browser.assertQuietConsole();
  }

  @Test
  void allStepsWorkByKeyboard() {
    tabTo("files");
    page.pick(List.of(dawn));
    page.awaitState("dawn.jpg", "done");

    tabUntil(focused -> "tile-open".equals(focused.getAttribute("class")));
    browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
    waiting("the drawer").until(() -> page.details().isDisplayed());
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

    browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
    waiting("the drawer to close").until(() -> !page.details().isDisplayed());
    assertThat(browser.driver().switchTo().activeElement().getAttribute("class"))
        .as("back where one came from")
        .isEqualTo("tile-open");
    browser.assertQuietConsole();
  }

  @Test
  void anUploadCanBeCancelled() {
    browser.cdp("Network.enable", Map.of());
    network(false, 10_000);
    try {
      page.pick(List.of(dawn));
      page.awaitState("dawn.jpg", "uploading");
      page.open("dawn.jpg");
      page.button("Cancel").click();
      assertThat(page.cards()).isEmpty();
    } finally {
      network(false, -1);
    }
    page.pick(List.of(dawn));
    page.awaitState("dawn.jpg", "done");
    browser.assertQuietConsole();
  }

  @Test
  void aHostileFileNameIsOnlyText() {
    String name = "<img src=x onerror=alert(1)>\"'&amp;.png";
    page.pick(List.of(images.write(name, TestImages.encoded(64, 64, "png"))));
    page.awaitState(name, "done");
    assertThat(page.card(name).findElements(By.cssSelector(".tile-name *"))).isEmpty();
    assertThat(page.open(name).findElements(By.cssSelector("h2 *"))).isEmpty();
    browser.assertQuietConsole();
  }

  @Test
  void thePageIsAccessibleInBothColoursAndFitsAPhone() {
    browser.assertAccessible();
    browser.screenshot("uploads-empty");
    byte[] text = "not a photo".getBytes(StandardCharsets.UTF_8);
    page.pick(List.of(dawn, images.write("a-very-long-name-".repeat(12) + ".jpg", text), noon));
    page.awaitState("dawn.jpg", "done");
    page.awaitState("noon.jpg", "done");
    for (String scheme : List.of("light", "dark")) {
      browser.colours(scheme);
      for (int width : new int[] {1280, 360}) {
        browser.viewport(width, 800, width < 500);
        browser.assertAccessible();
        browser.screenshot("uploads-" + scheme + "-" + width);
        page.open("dawn.jpg");
        browser.assertAccessible();
        browser.screenshotOfWindow("details-" + scheme + "-" + width);
        for (WebElement button : page.details().findElements(By.tagName("button"))) {
          Dimension size = button.getSize();
          assertThat(Math.min(size.width, size.height))
              .as("a finger's room for %s", button.getText())
              .isGreaterThanOrEqualTo(24);
        }
        page.closeDetails();
      }
    }
    browser.assertQuietConsole();
  }

  /** Makes the screenshot in README; several scenes, so that the gallery looks like one. */
  @Test
  void aGalleryOfFortyMixedFilesShowsFailuresFirst() {
    browser.viewport(1280, 860, false);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 36; i++) {
      Color above = Color.getHSBColor(0.55f + (i % 7) * 0.03f, 0.7f, 0.35f + (i % 5) * 0.13f);
      Color below = Color.getHSBColor(0.03f + (i % 9) * 0.012f, 0.25f + (i % 4) * 0.13f, 0.97f);
      int width = i % 5 == 4 ? 700 : 1050;
      files.add(
          images.landscape("trip-%02d.jpg".formatted(i + 1), 40 + i, above, below, width, 700));
    }
    files.add(images.write("notes.txt", "not a photo".getBytes(StandardCharsets.UTF_8)));
    byte[] png = TestImages.encoded(640, 480, "png");
    files.add(images.write("scan.png", Arrays.copyOf(png, 20)));
    files.add(images.write("cut.png", Arrays.copyOf(png, 60)));
    files.add(images.write("poster.png", TestImages.pngHeader(60_000, 60_000)));
    page.pick(files);
    UploadPage.waiting("all to end", Duration.ofMinutes(3))
        .until(() -> page.states().equals(Map.of("done", 36L, "failed", 4L)));
    assertThat(page.cards().subList(0, 4))
        .allMatch(tile -> "failed".equals(tile.getAttribute("data-state")));
    waiting("the images that are in view")
        .until(
            () ->
                (Boolean)
                    browser
                        .driver()
                        .executeScript(
                            "return [...document.querySelectorAll('.tile img')].slice(4, 14)"
                                + ".every(i => i.complete && i.naturalWidth > 0)"));
    browser.screenshotOfWindow("page");
    browser.assertQuietConsole("status of 422");
  }

  private static String placeholder(WebElement tile) {
    return (String)
        browser
            .driver()
            .executeScript(
                "return getComputedStyle(arguments[0].querySelector('.tile-image'), '::before')"
                    + ".content",
                tile);
  }

  private static WebElement chip(String group, String value) {
    return browser
        .driver()
        .findElement(By.cssSelector("#" + group + " .chip:has([value=" + value + "])"));
  }

  /** Waits until the page has written the ids of this many jobs, which it does in batches. */
  private static List<String> awaitRemembered(int jobs) {
    return waiting(jobs + " jobs to be remembered")
        .until(UploadPageIT::ids, ids -> ids.size() == jobs);
  }

  /** The jobs that the browser has stored. */
  private static List<String> ids() {
    String kept =
        (String)
            browser.driver().executeScript("return localStorage.getItem('thumbnailer.jobs') ?? ''");
    return Pattern.compile("\"id\":\"([0-9a-f-]{36})\"")
        .matcher(kept)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static boolean asksBeforeLeaving() {
    return (Boolean)
        browser
            .driver()
            .executeScript(
                "const e = new Event('beforeunload', { cancelable: true }); dispatchEvent(e);"
                    + " return e.defaultPrevented;");
  }

  private static String share(WebElement frame) {
    return (String)
        browser
            .driver()
            .executeScript("return arguments[0].style.getPropertyValue('--share')", frame);
  }

  private static long height() {
    return (Long) browser.driver().executeScript("return document.documentElement.scrollHeight");
  }

  private static void network(boolean offline, int uploadedBytesPerSecond) {
    browser.cdp(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline",
            offline,
            "latency",
            0,
            "downloadThroughput",
            -1,
            "uploadThroughput",
            uploadedBytesPerSecond));
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
