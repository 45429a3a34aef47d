package io.thumbnailer.cli.files;

import io.thumbnailer.cli.service.CliException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files that the arguments of an upload select.
 *
 * @param files to upload, at least one; each has a target of its own
 * @param skipped files in directories that do not look like images
 * @param unreadable directories
 */
public record FileSelection(List<InputFile> files, List<Path> skipped, List<Path> unreadable) {

  public FileSelection {
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * How arguments are interpreted.
   *
   * @param recursive whether directories in directories are read too
   * @param out where thumbnails are saved, if they are
   * @param stdinName name of an image from standard input
   */
  public record Options(boolean recursive, Optional<Path> out, String stdinName) {}

  /** Finds the files. A named file that cannot be read fails when it is uploaded. */
  public static FileSelection of(List<Path> arguments, Options options, InputStream stdin)
      throws CliException {
    List<InputFile> files = new ArrayList<>();
    List<Path> skipped = new ArrayList<>();
    List<Path> unreadable = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    boolean hasSubdirectories = false;
    for (Path path : arguments) {
      if (path.equals(StandardInput.ARGUMENT)) {
        if (!seen.add(path)) {
          throw CliException.usage("standard input is given twice", "Use - only once.");
        }
        files.add(StandardInput.read(stdin, options.stdinName()));
        continue;
      }
      if (Files.isDirectory(path)) {
        ImageDirectory directory = new ImageDirectory(path, options.recursive(), options.out());
        directory.read();
        for (Path image : directory.images()) {
          if (seen.add(image.toAbsolutePath().normalize())) {
            Path below = path.relativize(image).getParent();
            files.add(InputFile.of(image, below == null ? Path.of("") : below));
          }
        }
        skipped.addAll(directory.others());
        unreadable.addAll(directory.unreadable());
        hasSubdirectories |= directory.hasSubdirectories();
      } else if (path.getFileName() == null) {
        throw CliException.usage("not a file: " + path, "Give an image or a directory of images.");
      } else if (seen.add(path.toAbsolutePath().normalize())) {
        files.add(InputFile.of(path, Path.of("")));
      }
    }
    if (files.isEmpty()) {
      throw CliException.usage(
          "no images in " + arguments.get(0) + (arguments.size() > 1 ? ", …" : ""),
          hasSubdirectories
              ? "Add --recursive to include its subdirectories."
              : "Images are recognized by their extension; give other files one by one.");
    }
    return new FileSelection(
        options.out().isPresent() ? distinct(files) : files, skipped, unreadable);
  }

  /** Files that differ only in their extension keep it in the names of their thumbnails. */
  private static List<InputFile> distinct(List<InputFile> files) throws CliException {
    Map<String, Integer> stems = count(files);
    List<InputFile> named =
        files.stream().map(f -> stems.get(key(f)) > 1 ? f.withWholeName() : f).toList();
    Map<String, Integer> names = count(named);
    for (InputFile file : named) {
      if (names.get(key(file)) > 1) {
        throw CliException.usage(
            "two files would be saved under the same name: " + file.target(),
            "Upload their common directory with --recursive, or each with its own --out.");
      }
    }
    return named;
  }

  private static Map<String, Integer> count(List<InputFile> files) {
    Map<String, Integer> counts = new HashMap<>();
    files.forEach(file -> counts.merge(key(file), 1, Integer::sum));
    return counts;
  }

  /** Some file systems ignore case. */
  private static String key(InputFile file) {
    return file.target().toString().toLowerCase(Locale.ROOT);
  }
}
