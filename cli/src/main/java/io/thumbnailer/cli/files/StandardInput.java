package io.thumbnailer.cli.files;

import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** An image from standard input. */
final class StandardInput {
  /** The argument that stands for it. */
  static final Path ARGUMENT = Path.of("-");

  private StandardInput() {}

  /**
   * Copies it to a temporary file, so that it can be sent more than once. Only this user can read
   * that file; it is deleted when the program ends.
   *
   * @param name of the image
   */
  static InputFile read(InputStream in, String name) throws CliException {
    if (Terminal.is(Terminal.Stream.INPUT)) {
      throw CliException.usage(
          "standard input is a terminal",
          "Pipe an image to it: thumbnailer upload - --name photo.jpg < photo.jpg");
    }
    try {
      Path copy = Files.createTempFile("thumbnailer-", ".stdin");
      copy.toFile().deleteOnExit();
      try (OutputStream out = Files.newOutputStream(copy)) {
        in.transferTo(out);
      }
      if (Files.size(copy) == 0) {
        throw CliException.usage(
            "standard input is empty", "Check the command in front of the pipe.");
      }
      return new InputFile(copy, name, name, Path.of(InputFile.stem(name)));
    } catch (IOException e) {
      throw CliException.usage(
          "standard input cannot be copied to a temporary file: " + e.getMessage(),
          "Free some space, or name another directory with -Djava.io.tmpdir.");
    }
  }
}
