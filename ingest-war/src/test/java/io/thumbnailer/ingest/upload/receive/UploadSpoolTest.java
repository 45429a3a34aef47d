package io.thumbnailer.ingest.upload.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadSpoolTest {
  @TempDir Path directory;

  @Test
  void filesOfAKilledServerAreDeletedWhenItStartsAgain() throws IOException {
    Path left = new UploadSpool(directory).newFile();
    Path download = directory.resolve("." + left.getFileName() + ".part");
    Files.createFile(download);

    Path ours = new UploadSpool(directory).newFile();

    assertThat(left).doesNotExist();
    assertThat(download).doesNotExist();
    assertThat(ours).exists();
  }

  @Test
  void filesOfAnotherRunningServerStay() throws IOException {
    long otherProcess = ProcessHandle.current().pid() + 1;
    Path others = Files.createFile(directory.resolve("upload-" + otherProcess + "-1.tmp"));
    Path foreign = Files.createFile(directory.resolve("photo.jpg"));

    var unused = new UploadSpool(directory);

    assertThat(others).exists();
    assertThat(foreign).exists();
  }
}
