package io.thumbnailer.scalinglab.manifest;

import java.nio.file.Path;

/** A manifest cannot be read or says something that the lab does not model. */
public class ManifestException extends RuntimeException {
  /** About a file. */
  public ManifestException(Path file, String problem) {
    super(file + ": " + problem);
  }

  /** About a file, with the cause. */
  public ManifestException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
