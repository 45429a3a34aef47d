package io.thumbnailer.cli.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Lists the images of a directory by their extension, because reading each file would take too
 * long. Hidden files and files of the operating system are skipped. Links to files are followed,
 * links to directories are not.
 */
final class ImageDirectory {
  private static final Set<String> EXTENSIONS =
      Set.of(
          ("jpg jpeg jpe jfif png apng gif webp tif tiff bmp dib psd psb pnm pbm pgm ppm pam icns"
                  + " ico heic heif hif avif jxl jp2")
              .split(" "));
  private static final Set<String> SYSTEM_NAMES =
      Set.of("thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx", "@eadir", "icon\r");

  private final Path directory;
  private final boolean recursive;
  private final Optional<Path> excluded;

  private final List<Path> images = new ArrayList<>();
  private final List<Path> others = new ArrayList<>();
  private final List<Path> unreadable = new ArrayList<>();
  private boolean hasSubdirectories;

  /**
   * Creates a listing; nothing is read yet.
   *
   * @param excluded a directory to skip: the one in which thumbnails are saved
   */
  ImageDirectory(Path directory, boolean recursive, Optional<Path> excluded) {
    this.directory = directory;
    this.recursive = recursive;
    this.excluded = excluded.map(path -> path.toAbsolutePath().normalize());
  }

  /** Reads the directory. Unreadable directories are listed, and the others are still read. */
  void read() {
    try {
      Files.walkFileTree(directory, new Visitor());
    } catch (IOException e) {
      unreadable.add(directory);
    }
    images.sort(Comparator.naturalOrder());
  }

  /** The images in the order of their paths. */
  List<Path> images() {
    return images;
  }

  /** Files whose extension is not one of an image. */
  List<Path> others() {
    return others;
  }

  /** Directories that could not be read. */
  List<Path> unreadable() {
    return unreadable;
  }

  /** Whether there are directories in it that were not read. */
  boolean hasSubdirectories() {
    return hasSubdirectories;
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
      if (visited.equals(directory)) {
        return FileVisitResult.CONTINUE;
      }
      if (isHidden(visited)
          || excluded.filter(visited.toAbsolutePath().normalize()::equals).isPresent()) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      hasSubdirectories |= !recursive;
      return recursive ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!isHidden(file) && Files.isRegularFile(file)) {
        (isImage(file) ? images : others).add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) {
      unreadable.add(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, IOException problem) {
      if (problem != null) {
        unreadable.add(visited);
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private static boolean isHidden(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") || SYSTEM_NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
