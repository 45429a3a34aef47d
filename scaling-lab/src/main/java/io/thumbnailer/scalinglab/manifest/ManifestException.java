package io.thumbnailer.scalinglab.manifest;

import java.nio.file.Path;

/** A manifest cannot be read or has content that the lab does not model. */
public class ManifestException extends RuntimeException {
  /** Creates an exception about a file. */
  public ManifestException(Path file, String problem) {
    super(file + ": " + problem);
  }

  /** Creates an exception about a file, with the cause. */
  public ManifestException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
