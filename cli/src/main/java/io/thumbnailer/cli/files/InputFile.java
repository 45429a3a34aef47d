package io.thumbnailer.cli.files;

import java.nio.file.Path;

/**
 * A file to upload.
 *
 * @param path what is read
 * @param shown how messages name it
 * @param filename what the service is told as its name
 * @param target where its thumbnails go, relative to the output directory, without what names the
 *     rendition: {@code holiday/beach} for {@code holiday/beach-small.jpg}
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
