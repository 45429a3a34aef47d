package io.thumbnailer.cli.files;

import java.nio.file.Path;

/**
 * A file to upload.
 *
 * @param path the file to read
 * @param shown its name in messages
 * @param filename the name sent to the service
 * @param target where its thumbnails are saved, relative to the output directory, without the
 *     rendition's name: {@code holiday/beach} for {@code holiday/beach-small.jpg}
 */
public record InputFile(Path path, String shown, String filename, Path target) {

  /** A file by its path, whose thumbnails go into a directory below the output directory. */
  static InputFile of(Path path, Path directory) {
    String name = path.getFileName().toString();
    return new InputFile(path, path.toString(), name, directory.resolve(stem(name)));
  }

  /** The same file, with its thumbnails named after its whole name. */
  InputFile withWholeName() {
    return new InputFile(path, shown, filename, target.resolveSibling(path.getFileName()));
  }

  /** A name without its last extension, since thumbnails may be of another format. */
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
