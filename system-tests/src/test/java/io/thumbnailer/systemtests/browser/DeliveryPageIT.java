package io.thumbnailer.systemtests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.systemtests.Deployment;
import io.thumbnailer.systemtests.SmallCdn;
import java.awt.Color;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/**
 * The page when storage or a CDN delivers the thumbnails: they are shown, and nothing else is
 * allowed.
 */
@BrowserTest
class DeliveryPageIT {
  @TempDir static Path directory;

  private static Deployment deployment;
  private static SmallCdn cdn;
  private static LibertyServer presigned;
  private static LibertyServer behindCdn;
  private static Browser browser;
  private static Path photo;

  @BeforeAll
  static void start() {
    deployment = Deployment.start(directory);
    cdn = SmallCdn.start(deployment);
    presigned =
        deployment.launchServer(
            ServerRole.INGEST, Map.of("THUMBNAILER_DELIVERY_MODE", "presigned"));
    behindCdn =
        deployment.launchServer(
            ServerRole.INGEST,
            Map.of(
                "THUMBNAILER_DELIVERY_MODE",
                "cdn",
                "THUMBNAILER_DELIVERY_CDN_BASE_URL",
                cdn.baseUrl().toString()));
    LibertyServer worker = deployment.launchServer(ServerRole.WORKER, Map.of());
    presigned.awaitReady(Deployment.START_LIMIT);
    behindCdn.awaitReady(Deployment.START_LIMIT);
    worker.awaitReady(Deployment.START_LIMIT);
    browser = Browser.start();
    photo =
        new ImageFiles(directory)
            .landscape("photo.jpg", 5, new Color(0x2b4f81), new Color(0xf6b87a), 1200, 800);
  }

  @AfterAll
  static void stop() {
    browser.close();
    cdn.close();
    deployment.close();
  }

  @Test
  void imagesFromPresignedUrlsAreShownAndNoOthers() {
    assertShown(presigned.uri(), deployment.s3().endpoint(), cdn.baseUrl().resolve("x.jpg"));
  }

  @Test
  void imagesFromTheCdnAreShownAndNoOthers() {
    assertShown(behindCdn.uri(), cdn.origin(), deployment.s3().endpoint().resolve("/x.jpg"));
  }

  private static void assertShown(URI server, URI deliveredFrom, URI foreign) {
    UploadPage page = UploadPage.openNew(browser, server);
    page.pick(List.of(photo));
    page.awaitState("photo.jpg", "done");
    browser
        .driver()
        .navigate()
        .refresh(); // without the file there is nothing but what was delivered
    assertThat(page.awaitThumbnails("photo.jpg")).containsExactly("128", "320", "720");
    List<String> links =
        page.open("photo.jpg").findElements(By.cssSelector(".row a")).stream()
            .map(link -> link.getAttribute("href").replace("?download", ""))
            .toList();
    assertThat(links)
        .as("links stay good when a signature has expired")
        .hasSize(3)
        .allMatch(link -> link.matches(server + "thumbnails/[0-9a-f-]{36}/(small|medium|large)"));
    assertThat(bytesByScript(links.get(0))).as("a script gets the bytes, too").isGreaterThan(0);
    browser.assertQuietConsole();

    assertThat(show(foreign)).startsWith("img-src blocks");
    browser.assertQuietConsole("Content Security Policy");

    browser.driver().get(links.get(1)); // not the one that the script has put in the cache
    assertThat(browser.driver().getCurrentUrl())
        .startsWith(deliveredFrom + "/")
        .contains("/thumbnails/", "/medium.jpg");
    assertThat(browser.driver().executeScript("return document.images[0].naturalWidth"))
        .isEqualTo(320L);
    browser.assertQuietConsole("favicon.ico");
  }

  private static long bytesByScript(String address) {
    return (Long)
        browser
            .driver()
            .executeAsyncScript(
                """
                const [address, done] = arguments;
                fetch(address).then((answer) => answer.blob()).then((b) => done(b.size), () => done(-1));
                """,
                address);
  }

  /** Puts an image on the page. Returns whether it was loaded. */
  private static String show(URI address) {
    return (String)
        browser
            .driver()
            .executeAsyncScript(
                """
                const [address, done] = arguments;
                document.addEventListener("securitypolicyviolation",
                  (e) => done(e.effectiveDirective + " blocks " + e.blockedURI), { once: true });
                const image = new Image();
                image.onload = () => done("shown");
                image.src = address;
                """,
                address.toString());
  }
}
