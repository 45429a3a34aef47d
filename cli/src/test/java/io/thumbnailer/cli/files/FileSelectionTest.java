package io.thumbnailer.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.cli.service.CliException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSelectionTest {
  @TempDir Path directory;

  @BeforeEach
  void makeFiles() throws IOException {
    for (String name :
        List.of(
            "b.JPG",
            "a.png",
            "a.webp",
            "notes.txt",
            ".hidden.jpg",
            "Thumbs.db",
            "trip/a.png",
            "trip/deep/c.heic",
            "__MACOSX/a.png",
            "out/a-small.jpg")) {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  @Test
  void aDirectoryStandsForTheImagesInIt() throws CliException {
    FileSelection selection = select(false, Optional.empty(), directory);
    assertThat(names(selection)).containsExactly("a.png", "a.webp", "b.JPG");
    assertThat(selection.skipped()).containsExactly(directory.resolve("notes.txt"));
  }

  @Test
  void subdirectoriesAreReadOnRequestExceptTheOutputDirectory() throws CliException {
    Path out = directory.resolve("trip/../out");
    FileSelection selection = select(true, Optional.of(out), directory);
    assertThat(names(selection))
        .containsExactly("a.png", "a.webp", "b.JPG", "trip/a.png", "trip/deep/c.heic");
    assertThat(selection.files())
        .extracting(file -> file.target().toString())
        .as("names that differ in the extension only keep it")
        .containsExactly("a.png", "a.webp", "b", "trip/a", "trip/deep/c");
  }

  @Test
  void linksToDirectoriesAreNotFollowed() throws Exception {
    Files.createSymbolicLink(directory.resolve("trip/up"), directory);
    Files.createSymbolicLink(directory.resolve("link.jpg"), directory.resolve("b.JPG"));
    assertThat(names(select(true, Optional.empty(), directory)))
        .contains("link.jpg")
        .noneMatch(name -> name.contains("up/"));
  }

  @Test
  void aFileGivenAsArgumentIsSelectedOnceWhateverItsName() throws CliException {
    Path notes = directory.resolve("notes.txt");
    FileSelection selection =
        select(false, Optional.empty(), notes, directory, notes, directory.resolve("./a.png"));
    assertThat(names(selection)).containsExactly("notes.txt", "a.png", "a.webp", "b.JPG");
  }

  @Test
  void twoFilesThatWouldOverwriteEachOtherAreRefused() {
    assertThatThrownBy(
            () ->
                select(
                    false,
                    Optional.of(directory.resolve("out")),
                    directory.resolve("a.png"),
                    directory.resolve("trip/a.png")))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("same name");
  }

  @Test
  void aDirectoryWithoutImagesGivesAHint() throws IOException {
    Path empty = Files.createDirectories(directory.resolve("empty/sub")).getParent();
    assertThatThrownBy(() -> select(false, Optional.empty(), empty))
        .isInstanceOfSatisfying(
            CliException.class, e -> assertThat(e.hint().orElse("")).contains("--recursive"));
  }

  @Test
  void standardInputBecomesAFileThatOnlyItsOwnerCanRead() throws Exception {
    InputFile file = select(false, Optional.empty(), Path.of("-")).files().get(0);
    assertThat(file.filename()).isEqualTo("photo.jpg");
    assertThat(file.target()).isEqualTo(Path.of("photo"));
    assertThat(Files.readString(file.path())).isEqualTo("piped");
    assertThat(Files.getPosixFilePermissions(file.path())).hasSize(2);
  }

  private FileSelection select(boolean recursive, Optional<Path> out, Path... arguments)
      throws CliException {
    return FileSelection.of(
        Arrays.asList(arguments),
        new FileSelection.Options(recursive, out, "photo.jpg"),
        new ByteArrayInputStream("piped".getBytes(StandardCharsets.US_ASCII)));
  }

  private List<String> names(FileSelection selection) {
    return selection.files().stream()
        .map(file -> directory.relativize(file.path().normalize()).toString())
        .toList();
  }
}
