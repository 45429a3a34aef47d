package io.thumbnailer.systemtests.browser;

import static io.thumbnailer.systemtests.browser.UploadPage.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.systemtests.SharedDeployment;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The page follows its jobs through connection failures. */
@BrowserTest
class JobEventsPageIT {
  @TempDir static Path directory;

  private static Browser browser;
  private static Path photo;

  private CuttingProxy network;

  @BeforeAll
  static void start() {
    photo =
        new ImageFiles(directory)
            .landscape("photo.jpg", 7, new Color(0x5b3f8f), new Color(0xf3a683), 1200, 800);
    browser = Browser.start();
  }

  @BeforeEach
  void connect() {
    network = new CuttingProxy(SharedDeployment.get().ingest().uri());
  }

  @AfterEach
  void disconnect() throws IOException {
    network.close();
  }

  @AfterAll
  static void stop() {
    browser.close();
  }

  @Test
  void aBrokenStreamContinuesWhereItBrokeOff() {
    UploadPage page = UploadPage.openNew(browser, network.uri());
    PausedProcess.during(
        SharedDeployment.get().worker().process(),
        () -> {
          page.pick(List.of(photo));
          page.awaitState("photo.jpg", "queued");
          waiting("the event stream").until(() -> network.streams().size() == 1);

          network.cut();
          page.awaitText("photo.jpg", "Connection lost");
          browser.screenshot("connection-lost");
          network.mend();
          page.awaitState("photo.jpg", "queued");
          waiting("the stream to be taken up").until(() -> network.streams().size() >= 2);
          assertThat(network.streams().get(1)).containsIgnoringCase("Last-Event-ID: ");
        });
    page.awaitThumbnails("photo.jpg");
    browser.assertQuietConsole("ERR_");
  }

  @Test
  void changesDuringADisconnectionAreShownAfterwards() {
    UploadPage page = UploadPage.openNew(browser, network.uri());
    PausedProcess.during(
        SharedDeployment.get().worker().process(),
        () -> {
          page.pick(List.of(photo));
          page.awaitState("photo.jpg", "queued");
          network.cut();
          page.awaitState("photo.jpg", "lost");
        });
    network.mend();
    page.awaitThumbnails("photo.jpg");
    browser.assertQuietConsole("ERR_");
  }

  @Test
  void anUploadWaitsForTheServerAndThenContinues() {
    UploadPage page = UploadPage.openNew(browser, network.uri());
    network.cut();
    page.pick(List.of(photo));
    page.awaitState("photo.jpg", "paused");
    assertThat(page.open("photo.jpg").findElement(By.className("notice-title")).getText())
        .isEqualTo("The server cannot be reached");
    page.closeDetails();
    network.mend();
    page.awaitThumbnails("photo.jpg");
    browser.assertQuietConsole("ERR_");
  }
}
